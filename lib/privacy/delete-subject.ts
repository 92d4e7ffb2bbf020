import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { countSubject } from "@/db/queries/privacy/count-subject";
import { deleteSubjectCalls } from "@/db/queries/privacy/delete-subject-calls";
import { deleteSubjectRest } from "@/db/queries/privacy/delete-subject-rest";
import type { By } from "@/lib/audit/audit";
import { maskNumber } from "@/lib/calls/mask";
import { deletionPhrase } from "@/lib/privacy/deletion-phrase";
import type { Subject } from "@/lib/privacy/subject";
import { tellOfDeleted } from "@/lib/realtime/tell-of-deleted";

/** Leaves a serverless function time to answer; what is left then goes with the next press of the button. */
const budgetMs = 20_000;

export type Deletion =
  | { outcome: "unconfirmed" }
  /** `calls`: deleted; `remaining`: there was no time for these. */
  | { outcome: "done"; calls: number; remaining: number };

/**
 * Deletes everything about a caller. What calls later is new. The audit log says who did it, when and how much, and of
 * the number only its end.
 * @param confirmation the phrase that was typed (deletionPhrase); when there is more or less by now, nothing happens
 */
export async function deleteSubject(
  db: Database,
  subject: Subject,
  confirmation: string,
  by: By,
): Promise<Deletion> {
  const counts = await countSubject(db, subject);
  if (confirmation.trim().toLowerCase() !== deletionPhrase(counts)) return { outcome: "unconfirmed" };
  const detail = Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, String(count)]));
  // Written first: a deletion that is cut off half-way has happened, too.
  await recordAudit(db, { ...by, action: "data.deleted", target: nameOf(subject), detail });

  const calls = await deleteCalls(db, subject, Date.now() + budgetMs);
  const remaining = Math.max(0, counts.calls - calls);
  if (remaining === 0) await deleteSubjectRest(db, subject);
  return { outcome: "done", calls, remaining };
}

async function deleteCalls(db: Database, subject: Subject, deadline: number): Promise<number> {
  for (let total = 0; ; ) {
    const ids = await deleteSubjectCalls(db, subject);
    total += ids.length;
    await tellOfDeleted(ids);
    if (ids.length === 0 || Date.now() > deadline) return total;
  }
}

function nameOf(subject: Subject): string {
  if (subject.kind === "number") return `the caller ${maskNumber(subject.number)}`;
  if (subject.kind === "conversation") return `the conversation ${subject.uuid}`;
  return subject.ids.length === 1 ? `the call ${subject.ids[0]}` : `${subject.ids.length} chosen calls`;
}
