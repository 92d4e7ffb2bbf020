import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/newest-first";
import { calls } from "@/db/schema/calls";

/** More callers than this are not told apart. */
const mostNames = 20;

/** The names of who has called each of these conversations lately. */
export async function listCallerNamesOf(
  db: Pick<Database, "execute">,
  uuids: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db.execute<{ uuid: string; names: string[] }>(sql`
    select uuid, jsonb_agg(distinct name) as names
    from jsonb_array_elements_text(${JSON.stringify(uuids)}::jsonb) as asked (uuid)
    cross join lateral (
      select ${calls.customerName} as name from ${calls}
      where ${calls.conversationId} = uuid::uuid and ${calls.customerName} is not null
      order by ${newestFirst(calls.createdAt)} limit ${mostNames}
    ) as lately
    group by uuid
  `);
  return new Map(rows.map(({ uuid, names }) => [uuid, names]));
}

/** The names of who has called a conversation lately: to be hidden wherever its context says them. */
export async function listCallerNames(db: Pick<Database, "select">, uuid: string): Promise<string[]> {
  const rows = await db
    .select({ name: calls.customerName })
    .from(calls)
    .where(and(eq(calls.conversationId, uuid), isNotNull(calls.customerName)))
    .orderBy(newestFirst(calls.createdAt))
    .limit(mostNames);
  return [...new Set(rows.flatMap(({ name }) => name ?? []))];
}
