ALTER TABLE "alerts" ADD COLUMN "assistant" text;--> statement-breakpoint
ALTER TABLE "call_figures" ADD COLUMN "version" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "call_figures" ADD COLUMN "stage_ms" double precision[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "call_figures" ADD COLUMN "stage_replies" integer[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_rollups" ADD COLUMN "version" text;--> statement-breakpoint
ALTER TABLE "figure_rollups" ADD COLUMN "stage_ms" double precision[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_rollups" ADD COLUMN "stage_replies" integer[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
CREATE INDEX "alerts_kind" ON "alerts" USING btree ("kind","opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "alerts_assistant" ON "alerts" USING btree ("assistant","opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "alerts_owner" ON "alerts" USING btree (("assignee"->>'id'),"opened_at" DESC NULLS LAST,"id") WHERE "alerts"."assignee" is not null;