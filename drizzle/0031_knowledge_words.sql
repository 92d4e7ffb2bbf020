ALTER TABLE "knowledge_passages" ALTER COLUMN "search" DROP EXPRESSION;--> statement-breakpoint
ALTER TABLE "knowledge_passages" ALTER COLUMN "search" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "knowledge_passages" ALTER COLUMN "language" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "knowledge_documents" ADD COLUMN "word_rule" smallint DEFAULT 0 NOT NULL;
