CREATE TABLE "stage_rollups" (
	"day" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"stage" text NOT NULL,
	"provider" text NOT NULL,
	"assistant" text,
	"number" text,
	"calls" integer NOT NULL,
	"cost_usd" double precision NOT NULL,
	"replies" integer[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "figure_days" ADD COLUMN "rolled_stages" bigint;--> statement-breakpoint
CREATE INDEX "stage_rollups_of_day" ON "stage_rollups" USING btree ("day","assistant","number");