ALTER TABLE "notification_channels" ADD COLUMN "tells_updates" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "event" text DEFAULT 'opened' NOT NULL;