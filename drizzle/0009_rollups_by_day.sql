DROP INDEX "figure_rollups_of";--> statement-breakpoint
DROP INDEX "figure_rollups_day";--> statement-breakpoint
CREATE INDEX "figure_rollups_of_day" ON "figure_rollups" USING btree ("day","grain","reason","number","assistant");