import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { findIdentity, revokeSessions, type Who } from "@/db/queries/auth/people";
import {
  deleteSecondFactors,
  endUnconfirmedSessionsOf,
  findSecondFactors,
} from "@/db/queries/auth/second-factors";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { type Role, roles } from "@/lib/auth/roles";
import {
  isRequiredOf,
  type Requirement,
  requirementSetting,
  type SecondFactorState,
} from "@/lib/auth/second-factor";

/** A session and its person, as far as the second factor depends on them. */
type Holder = { userId: string; role: Role; isConfirmed: boolean; hasApp: boolean };

/**
 * Whether a session still lacks its second factor. People with an authenticator app are always asked for it, however
 * they signed in; a passkey alone is asked for only where a second factor is required, because the password opens the
 * account as well. Runs with every request, so it reads no more than it must.
 */
export async function findSecondFactorState(
  db: Pick<Database, "select">,
  { userId, role, isConfirmed, hasApp }: Holder,
): Promise<SecondFactorState> {
  if (isConfirmed) return "satisfied";
  if (hasApp) return "confirm";
  if (!(await mustHaveSecondFactor(db, role))) return "satisfied";
  const { passkeys } = await findSecondFactors(db, userId);
  return passkeys > 0 ? "confirm" : "set-up";
}

/** Whether a second factor is required for a role. */
export async function mustHaveSecondFactor(db: Pick<Database, "select">, role: Role): Promise<boolean> {
  return isRequiredOf(await readSetting(db, requirementSetting), role);
}

/**
 * Sets which people must have a second factor, and signs out the ones affected who signed in without it: their next
 * sign-in asks for it.
 */
export async function setRequirement(db: Database, wanted: Requirement, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    const { requiredOf } = await readSetting(tx, requirementSetting);
    if (requiredOf === wanted.requiredOf) return;
    await writeSetting(tx, requirementSetting, wanted);
    await endUnconfirmedSessionsOf(
      tx,
      roles.filter((role) => isRequiredOf(wanted, role)),
    );
    const detail = { from: requiredOf, to: wanted.requiredOf };
    await recordAudit(tx, { ...by, action: "second-factor.requirement-changed", detail });
  });
}

/**
 * Removes a person's authenticator app, recovery codes and passkeys and ends their sessions: for a lost phone. The
 * password stays. Returns their address; null if there is no such person.
 */
export async function resetSecondFactors(db: Database, who: Who, by: By): Promise<string | null> {
  return db.transaction(async (tx) => {
    const person = await findIdentity(tx, who);
    if (!person) return null;
    await deleteSecondFactors(tx, person.id);
    await revokeSessions(tx, person.id);
    await recordAudit(tx, { ...by, action: "second-factor.reset", target: person.email });
    return person.email;
  });
}
