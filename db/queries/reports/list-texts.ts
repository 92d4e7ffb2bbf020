import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { lines } from "@/db/schema/lines";
import { reports } from "@/db/schema/reports";

/**
 * Everything in words that these calls left, as toCallText has it, put together by the database: of a page of calls that is
 * one row each instead of thirty.
 */
export async function listTexts(
  db: Pick<Database, "execute">,
  callIds: readonly string[],
): Promise<Map<string, string>> {
  if (callIds.length === 0) return new Map();
  const found = await db.execute<{ id: string; text: string }>(sql`
    select c.id, concat_ws(E'\n', r.summary, coalesce(
      (select string_agg(m->>'text', E'\n' order by place)
        from jsonb_array_elements(r.messages) with ordinality m (m, place)),
      (select string_agg(l.text, E'\n' order by l.at, l.key) from ${lines} l where l.call_id = c.id and l.source = (
        -- The better source of the two, as lib/calls/line.ts orders them: so does the alphabet.
        select max(source) from ${lines} where call_id = c.id
      ))
    )) as text
    from jsonb_array_elements_text(${JSON.stringify(callIds)}::jsonb) c (id)
    left join ${reports} r on r.call_id = c.id
  `);
  return new Map(found.map(({ id, text }) => [id, text]));
}
