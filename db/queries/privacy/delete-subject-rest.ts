import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { forgetContexts } from "@/db/queries/conversations/forget-contexts";
import { isAtRest } from "@/db/queries/privacy/is-of-subject";
import { calls } from "@/db/schema/calls";
import { conversationVersions } from "@/db/schema/conversation-versions";
import { conversations } from "@/db/schema/conversations";
import { events } from "@/db/schema/events";
import { toolEffects } from "@/db/schema/tool-effects";
import { digitsOf, isSip, type Subject } from "@/lib/privacy/subject";

/**
 * What is left of a subject once its calls are gone: events that belong to none, the conversation itself, and what other
 * conversations know. Reads the whole event log. Returns how many events.
 */
export async function deleteSubjectRest(db: Database, subject: Subject): Promise<number> {
  return db.transaction(async (tx) => {
    const gone = await tx.delete(events).where(isAbout(subject)).returning({ key: events.key });
    if (subject.kind === "conversation") {
      // Tools that were asked in messages that named no call.
      await tx.delete(toolEffects).where(eq(toolEffects.callId, subject.uuid));
      const hasCalls = tx.select({ id: calls.id }).from(calls).where(eq(calls.conversationId, subject.uuid));
      await tx
        .delete(conversations)
        .where(and(eq(conversations.id, subject.uuid), sql`not exists (${hasCalls})`));
    } else if (subject.kind === "number") {
      await forgetContexts(tx, knows(subject.number), "Deletion of a caller");
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
  if (subject.kind === "calls") return and(isOfNoCall, inArray(events.callId, subject.ids));
  return and(isOfNoCall, names(sql`${events.message}`, subject.number));
}

/** Conversations whose context names the number, or has: others may call there too. One with a call that goes on waits. */
function knows(number: string): SQL | undefined {
  const { id, context } = conversations;
  const ofIt = sql`${conversationVersions.conversationId} = ${id}`;
  return and(
    or(
      names(sql`${context}`, number),
      sql`exists (
        select from ${conversationVersions} where ${ofIt} and ${names(sql`${conversationVersions.context}`, number)}
      )`,
    ),
    sql`not exists (select from ${calls} where ${calls.conversationId} = ${id} and not ${isAtRest})`,
  );
}

function names(json: SQL, number: string): SQL {
  const digits = isSip(number) ? number : digitsOf(number);
  return sql`position(lower(${digits}) in lower(${json}::text)) > 0`;
}
