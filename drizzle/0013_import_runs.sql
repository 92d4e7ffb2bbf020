CREATE TABLE "import_runs" (
	"key" text PRIMARY KEY NOT NULL,
	"done_down_to" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL
);
