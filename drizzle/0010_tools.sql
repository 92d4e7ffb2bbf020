CREATE TABLE "directory_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team" text NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"extension" text,
	"message" text,
	"hours" jsonb,
	"closed_message" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tool_effects" (
	"call_id" text NOT NULL,
	"tool_call_id" text NOT NULL,
	"tool" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"result" text,
	"error" text,
	CONSTRAINT "tool_effects_call_id_tool_call_id_pk" PRIMARY KEY("call_id","tool_call_id")
);
--> statement-breakpoint
CREATE TABLE "tool_endpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"effect" text NOT NULL,
	"method" text NOT NULL,
	"url" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"body" jsonb,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"secret_names" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sealed_headers" text,
	"sentence" text NOT NULL,
	"timeout_ms" integer NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "directory_entries_team" ON "directory_entries" USING btree (lower("team"));--> statement-breakpoint
CREATE UNIQUE INDEX "tool_endpoints_name" ON "tool_endpoints" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "tool_calls_name" ON "tool_calls" USING btree ("name","asked_at" DESC NULLS LAST);