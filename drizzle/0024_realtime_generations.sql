CREATE TABLE "realtime_generations" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"generation" text NOT NULL,
	CONSTRAINT "realtime_generations_one" CHECK ("realtime_generations"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "realtime_grants" (
	"generation" text NOT NULL,
	"holder_kind" text NOT NULL,
	"holder_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "realtime_grants_generation_holder_kind_holder_id_pk" PRIMARY KEY("generation","holder_kind","holder_id")
);
