-- What a call is found by in one page of memory, its words (2 to 3 KB) in TOAST: a list or a count that does not ask for
-- words reads a tenth of what it would. Words are small already and are read to be compared: not compressed.
ALTER TABLE "call_documents" SET (toast_tuple_target = 128);--> statement-breakpoint
ALTER TABLE "call_documents" ALTER COLUMN "words" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "call_documents" ALTER COLUMN "masked_words" SET STORAGE EXTERNAL;--> statement-breakpoint
-- How often which word is said decides between walking the newest calls and asking the index of words.
ALTER TABLE "call_documents" ALTER COLUMN "words" SET STATISTICS 1000;
