import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { lockPerson } from "@/db/queries/auth/lock-person";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { users } from "@/db/schema/auth";
import type { By } from "@/lib/audit/audit";
import type { PersonChange } from "@/lib/auth/people/person-change";

/** Removes a person with their sessions and ways to sign in. What they did stays in the audit log, by name. */
export async function removePerson(db: Database, id: string, by: By): Promise<PersonChange> {
  if (by.actor.kind === "person" && by.actor.id === id) return "self";
  return db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (!person) return "unknown";
    if (person.isLastAdmin) return "last-admin";
    await tx.delete(users).where(eq(users.id, id));
    await recordAudit(tx, { ...by, action: "person.removed", target: person.email });
    return "done";
  });
}
