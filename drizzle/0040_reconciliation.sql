CREATE TABLE "deleted_calls" (
	"call_id" text PRIMARY KEY NOT NULL,
	"deleted_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_jobs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"started_by" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"done_down_to" timestamp (3) with time zone,
	"bound" jsonb,
	"last_page" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"imported" integer DEFAULT 0 NOT NULL,
	"known" integer DEFAULT 0 NOT NULL,
	"going_on" integer DEFAULT 0 NOT NULL,
	"deleted" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"crowded" integer DEFAULT 0 NOT NULL,
	"error" text,
	"retry_at" timestamp (3) with time zone,
	"holder" uuid,
	"leased_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reconciled_calls" (
	"call_id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"is_heard" boolean DEFAULT false NOT NULL,
	"is_report_heard" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reconciliation" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_until" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"window_until" timestamp (3) with time zone,
	"listed_down_to" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"failure" text,
	"retry_at" timestamp (3) with time zone,
	"gap_since" timestamp (3) with time zone,
	CONSTRAINT "reconciliation_one" CHECK ("reconciliation"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "is_fetched" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "import_jobs_started_at" ON "import_jobs" USING btree ("started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "import_jobs_one_at_a_time" ON "import_jobs" USING btree ((true)) WHERE "import_jobs"."state" in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "reconciled_calls_created_at" ON "reconciled_calls" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reconciled_calls_due" ON "reconciled_calls" USING btree ("next_at") WHERE "reconciled_calls"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "reconciled_calls_missed" ON "reconciled_calls" USING btree ("created_at" DESC NULLS LAST) WHERE "reconciled_calls"."settled_at" is not null and not ("reconciled_calls"."is_heard" and "reconciled_calls"."is_report_heard");