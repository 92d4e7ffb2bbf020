-- A filter is answered from one index, without the rows: each carries what else is filtered by. Not the tags: twenty long ones are
-- more than an index takes. An index answers alone only for pages that have been vacuumed, and the newest calls are asked for most.
DROP INDEX "call_documents_newest";--> statement-breakpoint
CREATE INDEX "call_documents_newest" ON "call_documents" USING btree ("created_at" DESC NULLS LAST,"call_id") INCLUDE ("assistant","number","ended_group","duration_seconds","cost_usd","is_success","hangs","score");--> statement-breakpoint
DROP INDEX "call_documents_longest";--> statement-breakpoint
CREATE INDEX "call_documents_longest" ON "call_documents" USING btree ("duration_seconds" DESC NULLS LAST,"call_id") INCLUDE ("assistant","number","ended_group","created_at","cost_usd","is_success","hangs","score");--> statement-breakpoint
DROP INDEX "call_documents_costliest";--> statement-breakpoint
CREATE INDEX "call_documents_costliest" ON "call_documents" USING btree ("cost_usd" DESC NULLS LAST,"call_id") INCLUDE ("assistant","number","ended_group","created_at","duration_seconds","is_success","hangs","score");--> statement-breakpoint
DROP INDEX "call_documents_assistant";--> statement-breakpoint
CREATE INDEX "call_documents_assistant" ON "call_documents" USING btree ("assistant","created_at" DESC NULLS LAST,"call_id") INCLUDE ("number","ended_group","duration_seconds","cost_usd","is_success","hangs","score");--> statement-breakpoint
DROP INDEX "call_documents_number";--> statement-breakpoint
CREATE INDEX "call_documents_number" ON "call_documents" USING btree ("number","created_at" DESC NULLS LAST,"call_id") INCLUDE ("assistant","ended_group","duration_seconds","cost_usd","is_success","hangs","score");--> statement-breakpoint
DROP INDEX "call_documents_group";--> statement-breakpoint
CREATE INDEX "call_documents_group" ON "call_documents" USING btree ("ended_group","created_at" DESC NULLS LAST,"call_id") INCLUDE ("assistant","number","duration_seconds","cost_usd","is_success","hangs","score");--> statement-breakpoint
DROP INDEX "call_documents_hung";--> statement-breakpoint
CREATE INDEX "call_documents_hung" ON "call_documents" USING btree ("created_at" DESC NULLS LAST,"call_id") INCLUDE ("assistant","number","ended_group","duration_seconds","cost_usd","is_success","hangs","score") WHERE "call_documents"."hangs" > 0;--> statement-breakpoint
DROP INDEX "call_documents_scored";--> statement-breakpoint
CREATE INDEX "call_documents_scored" ON "call_documents" USING btree ("score","created_at" DESC NULLS LAST,"call_id") INCLUDE ("assistant","number","ended_group","duration_seconds","cost_usd","is_success","hangs") WHERE "call_documents"."score" is not null;--> statement-breakpoint
ALTER TABLE "call_documents" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
