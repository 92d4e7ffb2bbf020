ALTER TABLE "events" ADD COLUMN "took_ms" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "repeats" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "repeated_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "events_not_recorded" ON "events" USING btree ("received_at" DESC NULLS LAST) WHERE "events"."outcome" <> 'recorded';--> statement-breakpoint
CREATE INDEX "events_repeated" ON "events" USING btree ("received_at" DESC NULLS LAST) WHERE "events"."repeats" > 0;--> statement-breakpoint
CREATE INDEX "events_without_call" ON "events" USING btree ("conversation_id") WHERE "events"."call_id" is null;