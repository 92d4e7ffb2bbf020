CREATE TABLE "routed_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"call_id" text,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"decided_ms" integer NOT NULL,
	"answered_ms" integer NOT NULL,
	"source" text NOT NULL,
	"rule_id" uuid,
	"rule_name" text
);
--> statement-breakpoint
CREATE TABLE "routing" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"default_answer" jsonb,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "routed_requests_arrived_at" ON "routed_requests" USING btree ("arrived_at" desc,"id");--> statement-breakpoint
CREATE INDEX "routed_requests_call" ON "routed_requests" USING btree ("call_id");