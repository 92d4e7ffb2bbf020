CREATE TABLE "recording_copies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"call_id" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"content_type" text,
	"bytes" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recording_copies_callId_unique" UNIQUE("call_id")
);
--> statement-breakpoint
CREATE INDEX "recording_copies_due" ON "recording_copies" USING btree ("due_at") WHERE "recording_copies"."state" in ('waiting', 'doomed');