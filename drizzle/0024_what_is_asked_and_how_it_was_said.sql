ALTER TABLE "lines" ADD COLUMN "assistant_name" text;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "confidence" double precision;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "filter" jsonb;--> statement-breakpoint
ALTER TABLE "tool_calls" ADD COLUMN "asked" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tool_calls" ADD COLUMN "warnings" jsonb;--> statement-breakpoint
ALTER TABLE "tool_effects" ADD COLUMN "asked" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tool_calls" DROP CONSTRAINT "tool_calls_call_id_id_pk";--> statement-breakpoint
ALTER TABLE "tool_effects" DROP CONSTRAINT "tool_effects_call_id_tool_call_id_pk";--> statement-breakpoint
ALTER TABLE "tool_calls" ADD CONSTRAINT "tool_calls_call_id_id_asked_pk" PRIMARY KEY("call_id","id","asked");--> statement-breakpoint
ALTER TABLE "tool_effects" ADD CONSTRAINT "tool_effects_call_id_tool_call_id_asked_pk" PRIMARY KEY("call_id","tool_call_id","asked");