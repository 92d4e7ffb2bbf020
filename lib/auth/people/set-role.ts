import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { lockPerson } from "@/db/queries/auth/lock-person";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { users } from "@/db/schema/auth";
import type { By } from "@/lib/audit/audit";
import type { PersonChange } from "@/lib/auth/people/person-change";
import type { Role } from "@/lib/auth/role";

/** Gives a person another role; felt with their next request. */
export async function setRole(db: Database, id: string, role: Role, by: By): Promise<PersonChange> {
  return db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (!person) return "unknown";
    if (person.role === role) return "done";
    if (person.isLastAdmin) return "last-admin";
    await tx.update(users).set({ role, updatedAt: sql`now()` }).where(eq(users.id, id));
    const detail = { from: person.role, to: role };
    await recordAudit(tx, { ...by, action: "person.role-changed", target: person.email, detail });
    return "done";
  });
}
