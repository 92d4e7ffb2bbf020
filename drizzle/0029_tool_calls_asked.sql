-- Tool calls of before an id could be repeated get the key of what they ask, or the same call, delivered again, would be a
-- second row. The key is that of lib/tools/server/asked-key.ts: SHA-256 of the name and of the arguments in one order.
CREATE FUNCTION "canonical_json"("value" jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN CASE jsonb_typeof("value")
		WHEN 'object' THEN (
			-- A JavaScript object has its whole-number keys first.
			SELECT '{' || coalesce(string_agg(to_json("key")::text || ':' || "canonical_json"("entry"), ',' ORDER BY
				CASE WHEN "key" ~ '^(0|[1-9][0-9]{0,9})$' THEN "key"::numeric END, "key" COLLATE "C"), '') || '}'
			FROM jsonb_each("value") AS "entries" ("key", "entry"))
		WHEN 'array' THEN (
			SELECT '[' || coalesce(string_agg("canonical_json"("entry"), ',' ORDER BY "place"), '') || ']'
			FROM jsonb_array_elements("value") WITH ORDINALITY AS "entries" ("entry", "place"))
		ELSE "value"::text
	END;
END;
$$;--> statement-breakpoint
CREATE FUNCTION "asked_key"("name" text, "arguments" jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	"digest" text := encode(sha256(convert_to("name" || E'\x1f' || "canonical_json"("arguments"), 'UTF8')), 'hex');
BEGIN
	RETURN concat_ws('-', substr("digest", 1, 8), substr("digest", 9, 4), '8' || substr("digest", 14, 3),
		translate(substr("digest", 17, 1), '0123456789abcdef', '89ab89ab89ab89ab') || substr("digest", 18, 3),
		substr("digest", 21, 12));
END;
$$;--> statement-breakpoint
-- Of two rows of one call, the one that is surer of its answer stays.
DELETE FROM "tool_calls" USING "tool_calls" AS "old"
WHERE "old"."asked" = '' AND "tool_calls"."call_id" = "old"."call_id" AND "tool_calls"."id" = "old"."id"
	AND "tool_calls"."asked" = "asked_key"("old"."name", "old"."arguments") AND "tool_calls"."witness" < "old"."witness";--> statement-breakpoint
DELETE FROM "tool_calls" AS "old" USING "tool_calls" AS "newer"
WHERE "old"."asked" = '' AND "newer"."call_id" = "old"."call_id" AND "newer"."id" = "old"."id"
	AND "newer"."asked" = "asked_key"("old"."name", "old"."arguments");--> statement-breakpoint
UPDATE "tool_calls" SET "asked" = "asked_key"("name", "arguments") WHERE "asked" = '';--> statement-breakpoint
DROP FUNCTION "asked_key"(text, jsonb);--> statement-breakpoint
DROP FUNCTION "canonical_json"(jsonb);
