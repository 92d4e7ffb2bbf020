import { eq, inArray, notInArray, or, type SQL, sql } from "drizzle-orm";
import { calls } from "@/db/schema/calls";
import { liveStatuses } from "@/lib/calls/call";
import { digitsOf, isSip, type Subject } from "@/lib/privacy/subject";

/** Which calls a subject is about. Numbers are compared by their digits, however they are written. */
export function isOfSubject(subject: Subject): SQL {
  if (subject.kind === "conversation") return eq(calls.conversationId, subject.uuid);
  if (subject.kind === "calls") return inArray(calls.id, subject.ids);
  if (isSip(subject.number)) return sql`lower(${calls.customerNumber}) = ${subject.number.toLowerCase()}`;
  return sql`regexp_replace(${calls.customerNumber}, '\\D', '', 'g') = ${digitsOf(subject.number)}`;
}

/** Which calls can be deleted: one that goes on would be made anew by its next event. */
export const isAtRest: SQL = sql`(${or(
  notInArray(calls.status, [...liveStatuses]),
  sql`${calls.lastEventAt} < now() - interval '5 minutes'`,
)})`;
