CREATE TABLE "vapi_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"resource_id" text NOT NULL,
	"name" text NOT NULL,
	"changes" jsonb NOT NULL,
	"fields" jsonb NOT NULL,
	"sealed_before" text NOT NULL,
	"sealed_after" text NOT NULL,
	"state" text DEFAULT 'applying' NOT NULL,
	"applied_by" text NOT NULL,
	"applied_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"restored_by" text,
	"restored_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "vapi_connections" (
	"kind" text NOT NULL,
	"resource_id" text NOT NULL,
	"name" text NOT NULL,
	"accepted" jsonb NOT NULL,
	"connected_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"drifts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "vapi_connections_kind_resource_id_pk" PRIMARY KEY("kind","resource_id")
);
--> statement-breakpoint
ALTER TABLE "webhook_credentials" ADD COLUMN "vapi_id" text;--> statement-breakpoint
CREATE INDEX "vapi_changes_applied_at" ON "vapi_changes" USING btree ("applied_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "vapi_changes_one_at_a_time" ON "vapi_changes" USING btree ("kind","resource_id") WHERE "vapi_changes"."state" = 'applying';