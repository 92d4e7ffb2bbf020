CREATE TABLE "conversation_versions" (
	"conversation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"context" jsonb NOT NULL,
	"kind" text NOT NULL,
	"by" jsonb NOT NULL,
	"changed" jsonb NOT NULL,
	"restored" integer,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_versions_conversation_id_version_pk" PRIMARY KEY("conversation_id","version")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "answer" jsonb;--> statement-breakpoint
ALTER TABLE "conversation_versions" ADD CONSTRAINT "conversation_versions_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversations_active_at" ON "conversations" USING btree (coalesce("last_call_at", "created_at") desc,"id");