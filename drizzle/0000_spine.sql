CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"status" text NOT NULL,
	"status_witness" bigint NOT NULL,
	"type" text,
	"metadata" jsonb,
	"origin_witness" bigint,
	"customer_number" text,
	"customer_name" text,
	"customer_witness" bigint,
	"phone_number" text,
	"phone_number_id" text,
	"phone_number_witness" bigint,
	"assistant_id" text,
	"assistant_name" text,
	"assistant_version" text,
	"assistant_witness" bigint,
	"started_at" timestamp (3) with time zone,
	"started_witness" bigint,
	"ended_at" timestamp (3) with time zone,
	"ended_witness" bigint,
	"ended_reason" text,
	"ended_reason_witness" bigint,
	"cost_usd" numeric(12, 6),
	"cost_witness" bigint,
	"last_line_role" text,
	"last_line_text" text,
	"last_line_witness" bigint,
	"user_final_at" timestamp (3) with time zone,
	"assistant_final_at" timestamp (3) with time zone,
	"partial_user_text" text,
	"partial_user_witness" bigint,
	"partial_assistant_text" text,
	"partial_assistant_witness" bigint,
	"last_tool_name" text,
	"last_tool_witness" bigint,
	"user_started_at" timestamp (3) with time zone,
	"user_stopped_at" timestamp (3) with time zone,
	"assistant_started_at" timestamp (3) with time zone,
	"assistant_stopped_at" timestamp (3) with time zone,
	"assistant_spoke_at" timestamp (3) with time zone,
	"hang_at" timestamp (3) with time zone,
	"hangs" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_event_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"context" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"last_call_id" text,
	"last_call_at" timestamp (3) with time zone,
	"has_orphans" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"key" uuid PRIMARY KEY NOT NULL,
	"call_id" text,
	"conversation_id" uuid,
	"type" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"bytes" integer NOT NULL,
	"message" jsonb NOT NULL,
	"issues" jsonb,
	"answer" jsonb
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"call_id" text NOT NULL,
	"key" uuid NOT NULL,
	"role" text NOT NULL,
	"source" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lines_call_id_key_pk" PRIMARY KEY("call_id","key")
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"call_id" text NOT NULL,
	"key" uuid NOT NULL,
	"kind" text NOT NULL,
	"role" text,
	"turn" smallint,
	"at" timestamp (3) with time zone NOT NULL,
	"detail" text,
	CONSTRAINT "marks_call_id_key_pk" PRIMARY KEY("call_id","key")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"call_id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"summary" text,
	"success_evaluation" text,
	"structured_data" jsonb,
	"recording_url" text,
	"stereo_recording_url" text,
	"cost_breakdown" jsonb NOT NULL,
	"messages" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tool_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"name" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"result" text,
	"error" text,
	"witness" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lines" ADD CONSTRAINT "lines_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_calls" ADD CONSTRAINT "tool_calls_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calls_created_at" ON "calls" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "calls_conversation" ON "calls" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "calls_live" ON "calls" USING btree ("created_at" DESC NULLS LAST) WHERE "calls"."status" in ('queued', 'ringing', 'in-progress', 'forwarding');--> statement-breakpoint
CREATE INDEX "events_received_at" ON "events" USING btree ("received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_call" ON "events" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "tool_calls_call" ON "tool_calls" USING btree ("call_id");--> statement-breakpoint
-- A live call's row is rewritten a few times a second: room on its page keeps those updates heap-only.
ALTER TABLE "calls" SET (fillfactor = 70);
