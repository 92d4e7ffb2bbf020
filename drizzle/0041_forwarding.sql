CREATE TABLE "alert_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"alert_id" text NOT NULL,
	"call_id" text NOT NULL,
	"change" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forwarding_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "forwarding_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"target_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"type" text NOT NULL,
	"call_id" text,
	"attempted_at" timestamp (3) with time zone NOT NULL,
	"attempt" integer NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	"took_ms" integer,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "forwarding_held" (
	"target_id" uuid NOT NULL,
	"order_key" text NOT NULL,
	"attempts" integer NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "forwarding_held_target_id_order_key_pk" PRIMARY KEY("target_id","order_key")
);
--> statement-breakpoint
CREATE TABLE "forwarding_pending" (
	"target_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" uuid NOT NULL,
	"type" text NOT NULL,
	"call_id" text,
	"order_key" text NOT NULL,
	"recorded_in" "xid8" NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "forwarding_pending_target_id_key_pk" PRIMARY KEY("target_id","key")
);
--> statement-breakpoint
CREATE TABLE "forwarding_replays" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"target_id" uuid NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone NOT NULL,
	"cursor_received_at" timestamp (3) with time zone NOT NULL,
	"cursor_at" timestamp (3) with time zone NOT NULL,
	"cursor_key" uuid NOT NULL,
	"items" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "forwarding_targets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"types" jsonb,
	"sends_alerts" boolean NOT NULL,
	"assistants" jsonb NOT NULL,
	"body" text NOT NULL,
	"mapping" jsonb,
	"is_masked" boolean NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"sealed_secret" text NOT NULL,
	"sealed_old_secret" text,
	"old_secret_until" timestamp (3) with time zone,
	"cursor_recorded_in" "xid8" NOT NULL,
	"cursor_received_at" timestamp (3) with time zone NOT NULL,
	"cursor_at" timestamp (3) with time zone NOT NULL,
	"cursor_key" uuid NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"open_until" timestamp (3) with time zone,
	"lease_id" uuid,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "recorded_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_changes" ADD CONSTRAINT "alert_changes_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forwarding_deliveries" ADD CONSTRAINT "forwarding_deliveries_target_id_forwarding_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."forwarding_targets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forwarding_held" ADD CONSTRAINT "forwarding_held_target_id_forwarding_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."forwarding_targets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forwarding_pending" ADD CONSTRAINT "forwarding_pending_held" FOREIGN KEY ("target_id","order_key") REFERENCES "public"."forwarding_held"("target_id","order_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forwarding_replays" ADD CONSTRAINT "forwarding_replays_target_id_forwarding_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."forwarding_targets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_changes_recorded_in" ON "alert_changes" USING btree ("recorded_in");--> statement-breakpoint
CREATE INDEX "alert_changes_alert" ON "alert_changes" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "alert_changes_at" ON "alert_changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "forwarding_deliveries_target" ON "forwarding_deliveries" USING btree ("target_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "forwarding_deliveries_attempted_at" ON "forwarding_deliveries" USING btree ("attempted_at");--> statement-breakpoint
CREATE INDEX "forwarding_deliveries_lost" ON "forwarding_deliveries" USING btree ("target_id","id" DESC NULLS LAST) WHERE "forwarding_deliveries"."outcome" <> 'delivered';--> statement-breakpoint
CREATE INDEX "forwarding_held_due" ON "forwarding_held" USING btree ("target_id","next_attempt_at");--> statement-breakpoint
CREATE INDEX "forwarding_pending_order" ON "forwarding_pending" USING btree ("target_id","order_key","recorded_in","received_at","at","key");--> statement-breakpoint
CREATE INDEX "forwarding_replays_open" ON "forwarding_replays" USING btree ("target_id","created_at");--> statement-breakpoint
CREATE INDEX "events_recorded_in" ON "events" USING btree ("recorded_in");