import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { lockPerson } from "@/db/queries/auth/lock-person";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { revokeSessions } from "@/db/queries/auth/revoke-sessions";
import { users } from "@/db/schema/auth";
import type { By } from "@/lib/audit/audit";
import type { PersonChange } from "@/lib/auth/people/person-change";

/** Blocks a person, ending all their sessions, or lets them sign in again. */
export async function setBlocked(db: Database, id: string, blocked: boolean, by: By): Promise<PersonChange> {
  if (blocked && by.actor.kind === "person" && by.actor.id === id) return "self";
  return db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (!person) return "unknown";
    if (person.blocked === blocked) return "done";
    if (person.isLastAdmin) return "last-admin";
    await tx.update(users).set({ banned: blocked, updatedAt: sql`now()` }).where(eq(users.id, id));
    if (blocked) await revokeSessions(tx, id);
    const action = blocked ? "person.blocked" : "person.unblocked";
    await recordAudit(tx, { ...by, action, target: person.email });
    return "done";
  });
}
