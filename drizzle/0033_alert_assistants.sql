-- Alerts of calls that are over are not derived again by themselves.
UPDATE "alerts" SET "assistant" = coalesce("calls"."assistant_id", "calls"."assistant_name")
FROM "calls" WHERE "calls"."id" = "alerts"."call_id";
