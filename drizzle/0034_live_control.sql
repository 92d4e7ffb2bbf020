CREATE TABLE "call_listeners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"stream" uuid NOT NULL,
	"holder_kind" text NOT NULL,
	"holder_id" text NOT NULL,
	"by" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_monitors" (
	"call_id" text PRIMARY KEY NOT NULL,
	"sealed_control_url" text,
	"sealed_listen_url" text,
	"is_control_off" boolean NOT NULL,
	"is_listen_off" boolean NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operator_actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"asked" text NOT NULL,
	"action" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"text" text,
	"target" text,
	"outcome" text DEFAULT 'pending' NOT NULL,
	"detail" text DEFAULT '' NOT NULL,
	"status" smallint DEFAULT 200 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_listeners" ADD CONSTRAINT "call_listeners_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_monitors" ADD CONSTRAINT "call_monitors_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_actions" ADD CONSTRAINT "operator_actions_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_listeners_call" ON "call_listeners" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "operator_actions_call" ON "operator_actions" USING btree ("call_id","at");--> statement-breakpoint
CREATE INDEX "operator_actions_pending" ON "operator_actions" USING btree ("expires_at") WHERE "operator_actions"."outcome" = 'pending';