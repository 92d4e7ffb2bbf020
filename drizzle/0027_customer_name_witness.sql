ALTER TABLE "calls" ADD COLUMN "customer_name_witness" bigint;--> statement-breakpoint
UPDATE "calls" SET "customer_name_witness" = "customer_witness" WHERE "customer_name" IS NOT NULL;
