ALTER TABLE "calls" ADD COLUMN "assistant_name_rank" bigint;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "assistant_version_rank" bigint;--> statement-breakpoint
CREATE INDEX "deleted_calls_deleted_at" ON "deleted_calls" USING brin ("deleted_at");