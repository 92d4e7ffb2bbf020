import { type SQL, sql } from "drizzle-orm";
import { toHeardLine, toMark } from "@/db/queries/calls/rows";
import type { LineFact, MarkFact } from "@/db/queries/record/facts";
import { toReportLines } from "@/db/queries/reports/rows";
import { lines } from "@/db/schema/calls";
import type { reports } from "@/db/schema/reports";
import type { HeardLine, Line } from "@/lib/calls/line";
import { mergeLines } from "@/lib/calls/merge-lines";

/** A partial's text is replaced by the next one's, a message of a conversation grows: which of two tellings stands. */
const rank = (line: SQL) =>
  sql`(case when ${line}."source" = 'partial' then ${line}."at" else '-infinity' end, length(${line}."text"), ${line}."text")`;

/**
 * `on conflict … do update` of an insert into `lines`: joins the row that is there with the row that comes. Commutative,
 * associative and idempotent, so order and repetition of deliveries do not matter.
 */
export function mergeLine(): SQL {
  const [was, is] = [sql`${lines}`, sql`excluded`];
  const isLater = sql`${rank(is)} > ${rank(was)}`;
  const at = sql`case when ${was}."source" = 'partial' then greatest(${is}."at", ${was}."at") else least(${is}."at", ${was}."at") end`;
  const tellsMore = (column: string) => {
    const name = sql.identifier(column);
    return sql`${is}.${name} > coalesce(${was}.${name}, '-infinity')`;
  };
  return sql`
    on conflict ("call_id", "key") do update set
      "text" = case when ${isLater} then ${is}."text" else ${was}."text" end,
      "at" = ${at},
      "ended_at" = greatest(${is}."ended_at", ${was}."ended_at"),
      "not_before" = greatest(${is}."not_before", ${was}."not_before")
      where ${isLater} or ${is}."at" < ${was}."at" or ${tellsMore("ended_at")} or ${tellsMore("not_before")}
  `;
}

/** The rows that tell what was said on a call. */
export interface SaidRows {
  report: Pick<typeof reports.$inferSelect, "callId" | "messages"> | null;
  lines: readonly LineFact[];
  startedAt: Date | null;
}

/** What was said, as each source has it. */
export function toHeardLines({ report, lines, startedAt }: SaidRows): HeardLine[] {
  return [...(report ? toReportLines(report) : []), ...lines.map((row) => toHeardLine(row, startedAt))];
}

/** What was said on a call, merged of all that is known; the marks tell how far its clocks are apart. */
export function toLines(rows: SaidRows, marks: readonly MarkFact[]): Line[] {
  return mergeLines(toHeardLines(rows), { marks: marks.map(toMark) });
}
