ALTER TABLE "import_jobs" ADD COLUMN "bound" jsonb;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "last_page" jsonb DEFAULT '[]'::jsonb NOT NULL;