ALTER TABLE "notifications" ADD COLUMN "about" text DEFAULT 'alert' NOT NULL;--> statement-breakpoint
UPDATE "notifications" SET "about" = 'test' WHERE "alert_id" IS NULL;
