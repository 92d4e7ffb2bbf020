import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { noSigns, type ShownRow, toMark, toSourceLine } from "@/db/queries/calls/rows";
import type { LineFact, MarkFact } from "@/db/queries/record/facts";
import { assignRules, type JoinRules } from "@/db/queries/record/join-rows";
import { toReportLines } from "@/db/queries/reports/rows";
import { lines, marks } from "@/db/schema/calls";
import type { reports } from "@/db/schema/reports";
import type { HangSigns } from "@/lib/alerts/episodes";
import type { Line, SourceLine } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";

/** Decides between two versions of a line: a partial's text is replaced by the next, and a conversation's message grows. */
const rank = (line: SQL) =>
  sql`(case when ${line}."source" = 'partial' then ${line}."at" else '-infinity' end, length(${line}."text"), ${line}."text")`;

const isLater = sql`${rank(sql`excluded`)} > ${rank(sql`${lines}`)}`;

/**
 * Merges the incoming row with the stored one. Commutative, associative and idempotent, so order and repetition of deliveries
 * do not matter.
 */
export const lineRules: JoinRules = new Map([
  ["text", sql`case when ${isLater} then excluded."text" else ${lines}."text" end`],
  [
    "at",
    sql`case when ${lines}."source" = 'partial' then greatest(excluded."at", ${lines}."at") else least(excluded."at", ${lines}."at") end`,
  ],
  ["ended_at", sql`greatest(excluded."ended_at", ${lines}."ended_at")`],
  ["not_before", sql`greatest(excluded."not_before", ${lines}."not_before")`],
  ["assistant_name", sql`least(excluded."assistant_name", ${lines}."assistant_name")`],
  // Compares by the number of threats first, then by the original text, which grows.
  ["filter", sql`greatest(excluded."filter", ${lines}."filter")`],
]);

/** `on conflict … do update` of an insert into `lines`; unchanged rows are not written. */
export function mergeLine(): SQL {
  const isGreater = (column: string) => {
    const name = sql.identifier(column);
    return sql`excluded.${name} > coalesce(${lines}.${name}, '-infinity')`;
  };
  return sql`
    on conflict ("call_id", "key") do update set ${assignRules(lineRules)}
      where ${isLater} or excluded."at" < ${lines}."at" or ${isGreater("ended_at")} or ${isGreater("not_before")}
        or excluded."assistant_name" < ${lines}."assistant_name"
        or (excluded."assistant_name" is not null and ${lines}."assistant_name" is null)
        or excluded."filter" > coalesce(${lines}."filter", 'null')
  `;
}

/** The rows with a call's text. */
export interface SaidRows {
  report: Pick<typeof reports.$inferSelect, "callId" | "messages"> | null;
  lines: readonly LineFact[];
  startedAt: Date | null;
}

/** The lines of all sources, not yet merged. */
export function toSourceLines({ report, lines, startedAt }: SaidRows): SourceLine[] {
  return [...(report ? toReportLines(report) : []), ...lines.map((row) => toSourceLine(row, startedAt))];
}

/** The call's lines, merged from all sources; the marks show how far their clocks are apart. */
export function toLines(rows: SaidRows, marks: readonly MarkFact[]): Line[] {
  return mergeLines(toSourceLines(rows), { marks: marks.map(toMark) });
}

/**
 * Reads the facts from which these calls' hangs are derived, by call. Only for the few calls that Vapi warned about: finding
 * out how long a caller waited takes all marks and final lines.
 */
export async function readHangSigns(
  db: Pick<Database, "select">,
  rows: readonly Pick<ShownRow, "id" | "hangs">[],
): Promise<(callId: string) => HangSigns> {
  const ids = rows.filter(({ hangs }) => hangs > 0).map(({ id }) => id);
  if (ids.length === 0) return () => noSigns;
  const { callId, role, at, source } = lines;
  const [markRows, lineRows] = await Promise.all([
    db.select().from(marks).where(inArray(marks.callId, ids)),
    db
      .select({ callId, role, at, source })
      .from(lines)
      .where(and(inArray(callId, ids), eq(source, "transcript"))),
  ]);
  return (id) => ({
    marks: markRows.filter((row) => row.callId === id).map(toMark),
    lines: lineRows.filter((row) => row.callId === id).map((row) => ({ ...row, at: row.at.toISOString() })),
  });
}
