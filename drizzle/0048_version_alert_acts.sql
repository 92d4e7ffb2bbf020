CREATE TABLE "version_alert_acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "version_alert_acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"text" text,
	"assignee" jsonb,
	"version_alert_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "version_alert_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "version_alert_id" uuid;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD CONSTRAINT "version_alerts_id_unique" UNIQUE("id");--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "acts_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "acknowledged_by" jsonb;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "acknowledged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "assignee" jsonb;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "snoozed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "resolved_by" jsonb;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "version_alert_acts" ADD CONSTRAINT "version_alert_acts_version_alert_id_version_alerts_id_fk" FOREIGN KEY ("version_alert_id") REFERENCES "public"."version_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "version_alert_acts_alert" ON "version_alert_acts" USING btree ("version_alert_id");--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_version_alert_id_version_alerts_id_fk" FOREIGN KEY ("version_alert_id") REFERENCES "public"."version_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_version_alert_id_version_alerts_id_fk" FOREIGN KEY ("version_alert_id") REFERENCES "public"."version_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_version" ON "escalations" USING btree ("version_alert_id","policy_id");--> statement-breakpoint
CREATE INDEX "notifications_version" ON "notifications" USING btree ("version_alert_id") WHERE "notifications"."version_alert_id" is not null;--> statement-breakpoint
-- Notifications were queued at the moment the alert opened.
UPDATE "notifications" SET "version_alert_id" = "version_alerts"."id" FROM "version_alerts" WHERE "notifications"."about" = 'version' AND "notifications"."created_at" = "version_alerts"."opened_at";