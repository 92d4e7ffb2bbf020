ALTER TABLE "reports" ADD COLUMN "structured_outputs" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "scorecards" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "costs" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "latency" jsonb;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "transfers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "consent" jsonb;--> statement-breakpoint
CREATE INDEX "reports_recorded" ON "reports" USING btree ("at") WHERE "reports"."recording_url" is not null or "reports"."stereo_recording_url" is not null;