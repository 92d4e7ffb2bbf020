import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { Database } from "@/db/client";
import { createPerson } from "@/db/queries/auth/create-person";
import { hasPeople } from "@/db/queries/auth/has-people";
import { recordAudit } from "@/db/queries/auth/record-audit";

export type Founder = { email: string; name: string; password: string };

/**
 * Creates the first operator, an admin. False when there is anybody already: of two who race, the unique index on
 * `founder` lets one through.
 */
export async function createFounder(db: Database, founder: Founder, ip: string | null): Promise<boolean> {
  if (await hasPeople(db)) return false;
  const { email, name, password } = founder;
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const made = await createPerson(tx, { email, name, role: "admin", passwordHash, founder: true });
    if (!made) return false;
    const actor = { kind: "person", id: made.id, name: email } as const;
    await recordAudit(tx, { actor, action: "first-operator.created", target: email, ip });
    return true;
  });
}
