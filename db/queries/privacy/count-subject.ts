import { and, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isAtRest, isOfSubject } from "@/db/queries/privacy/is-of-subject";
import { alerts } from "@/db/schema/alerts";
import { calls } from "@/db/schema/calls";
import { events } from "@/db/schema/events";
import { lines } from "@/db/schema/lines";
import { recordingCopies } from "@/db/schema/recording-copies";
import { reports } from "@/db/schema/reports";
import { toolCalls } from "@/db/schema/tool-calls";
import type { Subject, SubjectCounts } from "@/lib/privacy/subject";

/** How much there is about a subject, by kind; of calls that are at rest. */
export async function countSubject(db: Pick<Database, "execute">, subject: Subject): Promise<SubjectCounts> {
  const theirs = isOfSubject(subject);
  const count = (table: SQL, callId: SQL, condition = sql`true`) =>
    sql`(select count(*)::int from ${table} where ${callId} in (select id from theirs) and ${condition})`;
  // What is kept of partials stands for finals that get lost, and is no line beside them.
  const isSaid = ne(lines.source, "partial");
  const isThere = inArray(recordingCopies.state, ["waiting", "kept"]);
  const [row] = await db.execute<Record<keyof SubjectCounts, number>>(sql`
    with theirs as materialized (select ${calls.id} as id from ${calls} where ${and(theirs, isAtRest)})
    select
      (select count(*)::int from theirs) as calls,
      (select count(*)::int from ${calls} where ${theirs} and not ${isAtRest}) as live,
      ${count(sql`${lines}`, sql`${lines.callId}`, isSaid)} as lines,
      ${count(sql`${toolCalls}`, sql`${toolCalls.callId}`)} as "toolCalls",
      ${count(sql`${reports}`, sql`${reports.callId}`)} as reports,
      ${count(sql`${alerts}`, sql`${alerts.callId}`)} as alerts,
      ${count(sql`${recordingCopies}`, sql`${recordingCopies.callId}`, isThere)} as copies,
      ${count(sql`${events}`, sql`${events.callId}`)} as events
  `);
  if (!row) throw new Error("count-subject returned no row");
  return row;
}
