import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { digitsOf, isSip, type Subject } from "@/lib/privacy/subject";

/**
 * What is left of a subject once its calls are gone: events that belong to none, and the conversation itself. Reads the
 * whole event log. Returns how many events.
 */
export async function deleteSubjectRest(db: Database, subject: Subject): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx.delete(events).where(isAbout(subject)).returning({ key: events.key });
    if (subject.kind === "conversation") {
      const hasCalls = tx.select({ id: calls.id }).from(calls).where(eq(calls.conversationId, subject.uuid));
      await tx
        .delete(conversations)
        .where(and(eq(conversations.id, subject.uuid), sql`not exists (${hasCalls})`));
    }
    return gone.length;
  });
}

function isAbout(subject: Subject): SQL | undefined {
  // Events of a call that goes on stay with it.
  const isOfNoCall = or(
    isNull(events.callId),
    sql`not exists (select from ${calls} where ${calls.id} = ${events.callId})`,
  );
  if (subject.kind === "conversation") return and(isOfNoCall, eq(events.conversationId, subject.uuid));
  const number = isSip(subject.number) ? subject.number : digitsOf(subject.number);
  return and(isOfNoCall, sql`position(lower(${number}) in lower(${events.message}::text)) > 0`);
}
