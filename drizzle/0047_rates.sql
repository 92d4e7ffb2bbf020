CREATE TABLE "rate_quarters" (
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"begun" integer NOT NULL,
	"ended" integer NOT NULL,
	"failures" integer NOT NULL,
	"alerts" integer NOT NULL,
	"tools" integer NOT NULL,
	"cost_usd" double precision NOT NULL,
	"costed" integer NOT NULL,
	"replies" integer[] NOT NULL,
	"p95_ms" double precision,
	CONSTRAINT "rate_quarters_at_kind_value_pk" PRIMARY KEY("at","kind","value")
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "watched" text;--> statement-breakpoint
CREATE INDEX "tool_calls_failed" ON "tool_calls" USING btree ("asked_at" DESC NULLS LAST) WHERE "tool_calls"."error" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_watched" ON "incidents" USING btree ("watched") WHERE "incidents"."closed_at" is null;