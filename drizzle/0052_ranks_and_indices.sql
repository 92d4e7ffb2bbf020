DROP INDEX "call_documents_outdated";--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "assistant_name_rank" bigint;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "assistant_version_rank" bigint;--> statement-breakpoint
CREATE INDEX "notifications_failed" ON "notifications" USING btree ("settled_at") WHERE "notifications"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "notifications_without_subject" ON "notifications" USING btree ("settled_at" DESC NULLS LAST) WHERE "notifications"."alert_id" is null and "notifications"."incident_id" is null and "notifications"."issue_id" is null and "notifications"."version_alert_id" is null;--> statement-breakpoint
CREATE INDEX "deleted_calls_deleted_at" ON "deleted_calls" USING brin ("deleted_at");--> statement-breakpoint
CREATE INDEX "call_documents_rule" ON "call_documents" USING btree ("word_rule");--> statement-breakpoint
CREATE INDEX "tool_effects_claimed_at" ON "tool_effects" USING btree ("claimed_at" DESC NULLS LAST);