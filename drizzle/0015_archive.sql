CREATE TABLE "call_documents" (
	"call_id" text PRIMARY KEY NOT NULL,
	"call_version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"assistant" text NOT NULL,
	"assistant_name" text,
	"number" text NOT NULL,
	"ended_group" text,
	"duration_seconds" double precision NOT NULL,
	"cost_usd" double precision NOT NULL,
	"is_success" boolean,
	"hangs" integer NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"score" smallint,
	"language" text NOT NULL,
	"words" "tsvector" NOT NULL,
	"masked_words" "tsvector"
);
--> statement-breakpoint
CREATE TABLE "call_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "call_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"call_id" text NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_reviews" (
	"call_id" text PRIMARY KEY NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"score" smallint,
	"scored_by" jsonb,
	"scored_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "preferences" (
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "preferences_user_id_name_pk" PRIMARY KEY("user_id","name")
);
--> statement-breakpoint
CREATE TABLE "report_views" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"owner_id" text NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "documented_version" integer;--> statement-breakpoint
ALTER TABLE "call_documents" ADD CONSTRAINT "call_documents_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_notes" ADD CONSTRAINT "call_notes_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_reviews" ADD CONSTRAINT "call_reviews_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_views" ADD CONSTRAINT "report_views_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_documents_newest" ON "call_documents" USING btree ("created_at" DESC NULLS LAST,"call_id");--> statement-breakpoint
CREATE INDEX "call_documents_longest" ON "call_documents" USING btree ("duration_seconds" DESC NULLS LAST,"call_id");--> statement-breakpoint
CREATE INDEX "call_documents_costliest" ON "call_documents" USING btree ("cost_usd" DESC NULLS LAST,"call_id");--> statement-breakpoint
CREATE INDEX "call_documents_assistant" ON "call_documents" USING btree ("assistant","created_at" DESC NULLS LAST,"call_id");--> statement-breakpoint
CREATE INDEX "call_documents_number" ON "call_documents" USING btree ("number","created_at" DESC NULLS LAST,"call_id");--> statement-breakpoint
CREATE INDEX "call_documents_group" ON "call_documents" USING btree ("ended_group","created_at" DESC NULLS LAST,"call_id");--> statement-breakpoint
CREATE INDEX "call_documents_hung" ON "call_documents" USING btree ("created_at" DESC NULLS LAST,"call_id") WHERE "call_documents"."hangs" > 0;--> statement-breakpoint
CREATE INDEX "call_documents_scored" ON "call_documents" USING btree ("created_at" DESC NULLS LAST,"call_id") WHERE "call_documents"."score" is not null;--> statement-breakpoint
CREATE INDEX "call_documents_tags" ON "call_documents" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "call_documents_words" ON "call_documents" USING gin ("words");--> statement-breakpoint
CREATE INDEX "call_notes_call" ON "call_notes" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "report_views_owner" ON "report_views" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "calls_undocumented" ON "calls" USING btree ("last_event_at") WHERE "calls"."status" not in ('queued', 'ringing', 'in-progress', 'forwarding', 'scheduled') and coalesce("calls"."documented_version", -1) < "calls"."version";