-- Whatever changes a call's figures, a cascade or a bulk load included, changes their days.
CREATE FUNCTION "note_changed_figures"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "figure_days" ("day", "changes")
	SELECT DISTINCT ("at" AT TIME ZONE 'UTC')::date, 1 FROM "changed" ORDER BY 1
	ON CONFLICT ("day") DO UPDATE SET "changes" = "figure_days"."changes" + 1, "changed_at" = now();
	RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE TRIGGER "call_figures_inserted" AFTER INSERT ON "call_figures" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "note_changed_figures"();--> statement-breakpoint
CREATE TRIGGER "call_figures_deleted" AFTER DELETE ON "call_figures" REFERENCING OLD TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "note_changed_figures"();--> statement-breakpoint
CREATE TRIGGER "call_figures_moved_from" AFTER UPDATE ON "call_figures" REFERENCING OLD TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "note_changed_figures"();--> statement-breakpoint
CREATE TRIGGER "call_figures_moved_to" AFTER UPDATE ON "call_figures" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "note_changed_figures"();--> statement-breakpoint
CREATE FUNCTION "forget_figures"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM "figure_rollups";
	DELETE FROM "figure_days";
	RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE TRIGGER "call_figures_truncated" AFTER TRUNCATE ON "call_figures"
	FOR EACH STATEMENT EXECUTE FUNCTION "forget_figures"();
