ALTER TABLE "alerts" ADD COLUMN "assistant" text;--> statement-breakpoint
CREATE INDEX "alerts_kind" ON "alerts" USING btree ("kind","opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "alerts_assistant" ON "alerts" USING btree ("assistant","opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "alerts_owner" ON "alerts" USING btree (("assignee"->>'id'),"opened_at" DESC NULLS LAST,"id") WHERE "alerts"."assignee" is not null;