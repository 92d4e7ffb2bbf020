CREATE TABLE "rate_days" (
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"begun" integer NOT NULL,
	"ended" integer NOT NULL,
	"failures" integer NOT NULL,
	"alerts" integer NOT NULL,
	"tools" integer NOT NULL,
	CONSTRAINT "rate_days_day_kind_value_pk" PRIMARY KEY("day","kind","value")
);
--> statement-breakpoint
INSERT INTO "rate_days"
SELECT ("at" AT TIME ZONE 'UTC')::date, "kind", "value", sum("begun"), sum("ended"), sum("failures"), sum("alerts"), sum("tools")
FROM "rate_quarters" GROUP BY 1, 2, 3;--> statement-breakpoint
-- Whatever changes a quarter changes its day by as much. In order, so that two who add to one day do not wait for each other.
CREATE FUNCTION "add_to_rate_days"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	"sign" integer := TG_ARGV[0];
BEGIN
	INSERT INTO "rate_days" AS "kept" ("day", "kind", "value", "begun", "ended", "failures", "alerts", "tools")
	SELECT ("at" AT TIME ZONE 'UTC')::date, "kind", "value", "sign" * sum("begun"), "sign" * sum("ended"), "sign" * sum("failures"),
		"sign" * sum("alerts"), "sign" * sum("tools")
	FROM "changed" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
	ON CONFLICT ("day", "kind", "value") DO UPDATE SET
		"begun" = "kept"."begun" + excluded."begun", "ended" = "kept"."ended" + excluded."ended",
		"failures" = "kept"."failures" + excluded."failures", "alerts" = "kept"."alerts" + excluded."alerts",
		"tools" = "kept"."tools" + excluded."tools";
	IF "sign" < 0 THEN
		DELETE FROM "rate_days" WHERE "day" IN (SELECT ("at" AT TIME ZONE 'UTC')::date FROM "changed")
			AND "begun" = 0 AND "ended" = 0 AND "failures" = 0 AND "alerts" = 0 AND "tools" = 0;
	END IF;
	RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE TRIGGER "rate_quarters_inserted" AFTER INSERT ON "rate_quarters" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "add_to_rate_days"('1');--> statement-breakpoint
CREATE TRIGGER "rate_quarters_deleted" AFTER DELETE ON "rate_quarters" REFERENCING OLD TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "add_to_rate_days"('-1');--> statement-breakpoint
CREATE TRIGGER "rate_quarters_moved_from" AFTER UPDATE ON "rate_quarters" REFERENCING OLD TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "add_to_rate_days"('-1');--> statement-breakpoint
CREATE TRIGGER "rate_quarters_moved_to" AFTER UPDATE ON "rate_quarters" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "add_to_rate_days"('1');--> statement-breakpoint
CREATE FUNCTION "forget_rate_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM "rate_days";
	RETURN NULL;
END;
$$;--> statement-breakpoint
CREATE TRIGGER "rate_quarters_truncated" AFTER TRUNCATE ON "rate_quarters"
	FOR EACH STATEMENT EXECUTE FUNCTION "forget_rate_days"();
