ALTER TABLE "webhook_refusals" RENAME TO "webhook_rejections";--> statement-breakpoint
DROP INDEX "recording_copies_due";--> statement-breakpoint
UPDATE "recording_copies" SET "state" = 'deleting' WHERE "state" = 'doomed';--> statement-breakpoint
CREATE INDEX "recording_copies_due" ON "recording_copies" USING btree ("due_at") WHERE "recording_copies"."state" in ('waiting', 'deleting');--> statement-breakpoint
UPDATE "notifications" SET "state" = 'skipped' WHERE "state" = 'needless';
