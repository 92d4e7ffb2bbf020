CREATE TABLE "escalation_policies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"subjects" jsonb NOT NULL,
	"hours" jsonb,
	"steps" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "escalations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"policy_id" uuid NOT NULL,
	"alert_id" text,
	"incident_id" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"done_minutes" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "vapi_issues" (
	"id" text PRIMARY KEY NOT NULL,
	"monitor_id" text,
	"monitor_name" text,
	"severity" text,
	"status" text NOT NULL,
	"calls_count" integer,
	"total_calls" integer,
	"evaluated_from" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone,
	"call_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" timestamp (3) with time zone,
	"resolved_by" text,
	"resolved_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "issue_id" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "receipt" text;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_policy_id_escalation_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."escalation_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "escalations_due" ON "escalations" USING btree ("due_at") WHERE "escalations"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "escalations_policy" ON "escalations" USING btree ("policy_id");--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_alert" ON "escalations" USING btree ("alert_id","policy_id");--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_incident" ON "escalations" USING btree ("incident_id","policy_id");--> statement-breakpoint
CREATE INDEX "vapi_issues_created_at" ON "vapi_issues" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "vapi_issues_open" ON "vapi_issues" USING btree ("created_at") WHERE "vapi_issues"."resolved_at" is null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_issue_id_vapi_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."vapi_issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_issue" ON "notifications" USING btree ("issue_id") WHERE "notifications"."issue_id" is not null;