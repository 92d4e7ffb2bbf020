ALTER TABLE "calls" RENAME COLUMN "status_witness" TO "status_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "origin_witness" TO "origin_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "customer_witness" TO "customer_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "customer_name_witness" TO "customer_name_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "phone_number_witness" TO "phone_number_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "assistant_witness" TO "assistant_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "started_witness" TO "started_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "ended_witness" TO "ended_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "ended_reason_witness" TO "ended_reason_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "cost_witness" TO "cost_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "last_line_witness" TO "last_line_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "partial_user_witness" TO "partial_user_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "partial_assistant_witness" TO "partial_assistant_rank";--> statement-breakpoint
ALTER TABLE "calls" RENAME COLUMN "last_tool_witness" TO "last_tool_rank";--> statement-breakpoint
ALTER TABLE "tool_calls" RENAME COLUMN "witness" TO "rank";
