CREATE TABLE "realtime_generations" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"generation" text NOT NULL,
	CONSTRAINT "realtime_generations_one" CHECK ("realtime_generations"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "realtime_grants" (
	"generation" text NOT NULL,
	"holder_kind" text NOT NULL,
	"holder_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "realtime_grants_generation_holder_kind_holder_id_pk" PRIMARY KEY("generation","holder_kind","holder_id")
);
--> statement-breakpoint
CREATE TABLE "set_aside" (
	"job" text NOT NULL,
	"item" text NOT NULL,
	"reason" text NOT NULL,
	"failures" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retry_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "set_aside_job_item_pk" PRIMARY KEY("job","item")
);
--> statement-breakpoint
ALTER TABLE "tool_calls" ADD COLUMN "asked" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tool_effects" ADD COLUMN "asked" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tool_calls" DROP CONSTRAINT "tool_calls_call_id_id_pk";--> statement-breakpoint
ALTER TABLE "tool_effects" DROP CONSTRAINT "tool_effects_call_id_tool_call_id_pk";--> statement-breakpoint
ALTER TABLE "tool_calls" ADD CONSTRAINT "tool_calls_call_id_id_asked_pk" PRIMARY KEY("call_id","id","asked");--> statement-breakpoint
ALTER TABLE "tool_effects" ADD CONSTRAINT "tool_effects_call_id_tool_call_id_asked_pk" PRIMARY KEY("call_id","tool_call_id","asked");--> statement-breakpoint
ALTER TABLE "call_documents" ADD COLUMN "word_rule" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "not_before" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "from_start_ms" integer;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "is_untimed" boolean;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "assistant_name" text;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "confidence" double precision;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "filter" jsonb;--> statement-breakpoint
ALTER TABLE "tool_calls" ADD COLUMN "warnings" jsonb;--> statement-breakpoint
CREATE INDEX "set_aside_last_at" ON "set_aside" USING btree ("last_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "call_documents_outdated" ON "call_documents" USING btree ("call_id") WHERE "call_documents"."word_rule" < 1;