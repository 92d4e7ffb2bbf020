CREATE TABLE "version_alert_acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "version_alert_acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"by" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"text" text,
	"assignee" jsonb,
	"version_alert_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "version_alert_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "version_alert_id" uuid;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD CONSTRAINT "version_alerts_id_unique" UNIQUE("id");--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "acts_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "acknowledged_by" jsonb;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "acknowledged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "assignee" jsonb;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "snoozed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "resolved_by" jsonb;--> statement-breakpoint
ALTER TABLE "version_alerts" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "version_alert_acts" ADD CONSTRAINT "version_alert_acts_version_alert_id_version_alerts_id_fk" FOREIGN KEY ("version_alert_id") REFERENCES "public"."version_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "version_alert_acts_alert" ON "version_alert_acts" USING btree ("version_alert_id");--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_version_alert_id_version_alerts_id_fk" FOREIGN KEY ("version_alert_id") REFERENCES "public"."version_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_version_alert_id_version_alerts_id_fk" FOREIGN KEY ("version_alert_id") REFERENCES "public"."version_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_version" ON "escalations" USING btree ("version_alert_id","policy_id");--> statement-breakpoint
CREATE INDEX "notifications_version" ON "notifications" USING btree ("version_alert_id") WHERE "notifications"."version_alert_id" is not null;--> statement-breakpoint
-- Notifications were queued at the moment the alert opened.
UPDATE "notifications" SET "version_alert_id" = "version_alerts"."id" FROM "version_alerts" WHERE "notifications"."about" = 'version' AND "notifications"."created_at" = "version_alerts"."opened_at";--> statement-breakpoint
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
