-- Alerts of calls that are over are not derived again by themselves.
UPDATE "alerts" SET "assistant" = coalesce("calls"."assistant_id", "calls"."assistant_name")
FROM "calls" WHERE "calls"."id" = "alerts"."call_id";
--> statement-breakpoint
-- What calls that are over count for is not derived again by itself. The triggers of call_figures mark every day it changes,
-- so that days are added up anew with their versions.
UPDATE "call_figures" SET
  "version" = coalesce("known"."version", ''),
  "stage_ms" = "known"."stage_ms",
  "stage_replies" = "known"."stage_replies"
FROM (
  SELECT "calls"."id", "calls"."assistant_version" AS "version", "stages"."stage_ms", "stages"."stage_replies"
  FROM "calls"
  LEFT JOIN "reports" ON "reports"."call_id" = "calls"."id"
  CROSS JOIN LATERAL (
    SELECT
      ARRAY[
        coalesce(sum(("turn"->>'endpointing')::float8), 0), coalesce(sum(("turn"->>'transcriber')::float8), 0),
        coalesce(sum(("turn"->>'model')::float8), 0), coalesce(sum(("turn"->>'voice')::float8), 0)
      ] AS "stage_ms",
      ARRAY[
        count("turn"->>'endpointing'), count("turn"->>'transcriber'), count("turn"->>'model'), count("turn"->>'voice')
      ]::integer[] AS "stage_replies"
    FROM jsonb_array_elements(
      CASE WHEN jsonb_typeof("reports"."latency"->'turns') = 'array' THEN "reports"."latency"->'turns' ELSE '[]' END
    ) AS "turn"
  ) AS "stages"
) AS "known"
WHERE "known"."id" = "call_figures"."call_id";
