-- Rows that are written over and over find room for it on their own page, and need no new entry in any index.
ALTER TABLE "calls" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "events" SET (fillfactor = 90);--> statement-breakpoint
UPDATE "calls" SET "documented_version" = NULL WHERE "documented_version" < "version";--> statement-breakpoint
DROP INDEX "calls_undocumented";--> statement-breakpoint
CREATE INDEX "calls_undocumented" ON "calls" USING btree ("id") WHERE "calls"."status" not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled') and "calls"."documented_version" is null;
