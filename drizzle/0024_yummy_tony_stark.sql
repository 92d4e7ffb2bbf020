ALTER TABLE "lines" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "not_before" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "from_start_ms" integer;--> statement-breakpoint
ALTER TABLE "lines" ADD COLUMN "is_untimed" boolean;