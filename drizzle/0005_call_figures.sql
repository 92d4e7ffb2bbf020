CREATE TABLE "call_figures" (
	"call_id" text PRIMARY KEY NOT NULL,
	"call_version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"assistant" text NOT NULL,
	"assistant_name" text,
	"number" text NOT NULL,
	"reason" text NOT NULL,
	"calls" integer NOT NULL,
	"duration_ms" bigint NOT NULL,
	"cost_usd" double precision NOT NULL,
	"costed" integer NOT NULL,
	"hung" integer NOT NULL,
	"transferred" integer NOT NULL,
	"measured" integer NOT NULL,
	"measured_ms" bigint NOT NULL,
	"user_ms" bigint NOT NULL,
	"assistant_ms" bigint NOT NULL,
	"silent_ms" bigint NOT NULL,
	"assistant_turns" integer NOT NULL,
	"interruptions" integer NOT NULL,
	"replies" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_days" (
	"day" date PRIMARY KEY NOT NULL,
	"changes" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rolled_changes" bigint
);
--> statement-breakpoint
CREATE TABLE "figure_progress" (
	"name" text PRIMARY KEY NOT NULL,
	"seen_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_rollups" (
	"grain" text NOT NULL,
	"day" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"assistant" text,
	"assistant_name" text,
	"number" text,
	"reason" text,
	"calls" integer NOT NULL,
	"duration_ms" bigint NOT NULL,
	"cost_usd" double precision NOT NULL,
	"costed" integer NOT NULL,
	"hung" integer NOT NULL,
	"transferred" integer NOT NULL,
	"measured" integer NOT NULL,
	"measured_ms" bigint NOT NULL,
	"user_ms" bigint NOT NULL,
	"assistant_ms" bigint NOT NULL,
	"silent_ms" bigint NOT NULL,
	"assistant_turns" integer NOT NULL,
	"interruptions" integer NOT NULL,
	"replies" integer[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_figures" ADD CONSTRAINT "call_figures_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_figures_at" ON "call_figures" USING btree ("at");--> statement-breakpoint
CREATE INDEX "call_figures_of" ON "call_figures" USING btree ("assistant","number","at");--> statement-breakpoint
CREATE INDEX "figure_rollups_of" ON "figure_rollups" USING btree ("grain","reason","number","assistant","at");--> statement-breakpoint
CREATE INDEX "figure_rollups_day" ON "figure_rollups" USING btree ("day");