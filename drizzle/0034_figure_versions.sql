ALTER TABLE "call_figures" ADD COLUMN "version" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "call_figures" ADD COLUMN "stage_ms" double precision[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "call_figures" ADD COLUMN "stage_replies" integer[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_rollups" ADD COLUMN "version" text;--> statement-breakpoint
ALTER TABLE "figure_rollups" ADD COLUMN "stage_ms" double precision[] DEFAULT '{0,0,0,0}' NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_rollups" ADD COLUMN "stage_replies" integer[] DEFAULT '{0,0,0,0}' NOT NULL;