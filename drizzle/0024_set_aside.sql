CREATE TABLE "set_aside" (
	"job" text NOT NULL,
	"item" text NOT NULL,
	"reason" text NOT NULL,
	"failures" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retry_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "set_aside_job_item_pk" PRIMARY KEY("job","item")
);
--> statement-breakpoint
CREATE INDEX "set_aside_last_at" ON "set_aside" USING btree ("last_at" DESC NULLS LAST);