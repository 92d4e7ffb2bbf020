DROP INDEX "calls_unnoticed_hangs";--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "judged_version" integer;--> statement-breakpoint
UPDATE "calls" SET "judged_version" = "version" WHERE "status" NOT IN ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled');--> statement-breakpoint
CREATE INDEX "calls_unjudged" ON "calls" USING btree ("id") WHERE "calls"."judged_version" is null and ("calls"."alerted_at" is not null or "calls"."hangs" > 0 or "calls"."status" not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled'));