CREATE TABLE "alert_rule_firings" (
	"id" text PRIMARY KEY NOT NULL,
	"rule_id" uuid NOT NULL,
	"call_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"is_due" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_rules" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean NOT NULL,
	"severity" text NOT NULL,
	"scope" jsonb NOT NULL,
	"when" jsonb NOT NULL,
	"do" jsonb NOT NULL,
	"live_actions" boolean DEFAULT false NOT NULL,
	"tested_at" timestamp (3) with time zone,
	"active_since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "rule" jsonb;--> statement-breakpoint
ALTER TABLE "alert_rule_firings" ADD CONSTRAINT "alert_rule_firings_rule_id_alert_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rule_firings" ADD CONSTRAINT "alert_rule_firings_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_rule_firings_rule" ON "alert_rule_firings" USING btree ("rule_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alert_rule_firings_call" ON "alert_rule_firings" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "alert_rule_firings_due" ON "alert_rule_firings" USING btree ("created_at") WHERE "alert_rule_firings"."is_due";