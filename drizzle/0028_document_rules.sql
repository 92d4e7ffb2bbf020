DROP INDEX "call_documents_outdated";--> statement-breakpoint
CREATE INDEX "call_documents_outdated" ON "call_documents" USING btree ("call_id") WHERE "call_documents"."word_rule" < 2;