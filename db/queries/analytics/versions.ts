import "server-only";
import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { callFigures } from "@/db/schema/analytics";
import { callDocuments } from "@/db/schema/reports";
import { replyEdgesMs } from "@/lib/analytics/figures";
import type { AssistantVersion, VersionSums } from "@/lib/analytics/versions";

/** Assistants with calls of a known version since then. */
export async function listAssistantsSince(
  db: Pick<Database, "selectDistinct">,
  since: Date,
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ assistant: callFigures.assistant })
    .from(callFigures)
    .where(and(gt(callFigures.at, since), ne(callFigures.version, ""), ne(callFigures.assistant, "")));
  return rows.map(({ assistant }) => assistant);
}

/** An assistant's versions with calls since then, by first call, newest first, and the assistant's newest name. */
export async function listVersions(
  db: Pick<Database, "select">,
  assistant: string,
  since: Date,
): Promise<{ name: string | null; versions: AssistantVersion[] }> {
  const { version, at, assistantName } = callFigures;
  const rows = await db
    .select({
      version,
      calls: sql<number>`count(*)::int`,
      firstAt: sql<string>`min(${at})`,
      lastAt: sql<string>`max(${at})`,
      name: sql<
        string | null
      >`(array_agg(${assistantName} order by ${at} desc) filter (where ${assistantName} is not null))[1]`,
    })
    .from(callFigures)
    .where(and(eq(callFigures.assistant, assistant), ne(version, ""), gt(at, since)))
    .groupBy(version)
    .orderBy(desc(sql`min(${at})`));
  return {
    name: rows[0]?.name ?? null,
    versions: rows.map(({ version: of, calls, firstAt, lastAt }) => ({
      version: of,
      calls,
      firstAt: new Date(firstAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
    })),
  };
}

/** The middle of each latency bin; for the last, open-ended bin its lower edge. */
const middles = [0, ...replyEdgesMs].map((from, index) => (from + (replyEdgesMs[index] ?? from)) / 2);
const middlesArray = sql.raw(`array[${middles.join(", ")}]::float8[]`);

/** Which calls of a version to use: its first or its last ones. */
export interface Wanted {
  assistant: string;
  version: string;
  end: "first" | "last";
  most: number;
}

const callsOf = ({ assistant, version, end, most }: Wanted) => sql`(
  select f.hung, f.transferred, f.costed, f.cost_usd, f.reason, d.ended_group, d.is_success,
    (select sum(n * ms) / nullif(sum(n), 0) from unnest(f.replies, ${middlesArray}) as r(n, ms)) as response_ms
  from ${callFigures} f left join ${callDocuments} d on d.call_id = f.call_id
  where f.assistant = ${assistant} and f.version = ${version}
  order by f.at ${end === "first" ? sql`asc` : sql`desc`}, f.call_id limit ${most}
)`;

/** The sums of a version's calls. */
export async function sumVersion(db: Pick<Database, "execute">, wanted: Wanted): Promise<VersionSums> {
  const [row] = await db.execute<{ sums: VersionSums }>(sql`
    select jsonb_build_object(
      'calls', count(*), 'hung', coalesce(sum(hung), 0), 'transferred', coalesce(sum(transferred), 0),
      'failed', count(*) filter (where ended_group in ('our-fault', 'provider-fault')),
      'evaluated', count(is_success), 'unsuccessful', count(*) filter (where not is_success),
      'response', jsonb_build_object('calls', count(response_ms), 'mean', coalesce(avg(response_ms), 0),
        'variance', coalesce(var_samp(response_ms), 0)),
      'cost', jsonb_build_object('calls', coalesce(sum(costed), 0),
        'mean', coalesce(avg(cost_usd) filter (where costed > 0), 0),
        'variance', coalesce(var_samp(cost_usd) filter (where costed > 0), 0))
    ) as sums from ${callsOf(wanted)} c
  `);
  if (!row) throw new Error("sum-version returned no row");
  return row.sums;
}

/** How often each end reason occurred among the same calls; the code is empty for an unknown reason. */
export async function countReasons(
  db: Pick<Database, "execute">,
  wanted: Wanted,
): Promise<{ code: string; calls: number }[]> {
  const rows = await db.execute<{ code: string; calls: number }>(sql`
    select reason as code, count(*)::int as calls from ${callsOf(wanted)} c group by reason order by 2 desc, 1
  `);
  return [...rows];
}
