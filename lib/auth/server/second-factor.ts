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

/** What is known of a session and of whose it is. */
type Holder = { userId: string; role: Role; isConfirmed: boolean; hasApp: boolean };

/**
 * What a session lacks. Whoever has an authenticator app is always asked for it, however they signed in; a passkey alone
 * is asked for only where a second factor is required, because the password opens the account as well. Asked with every
 * request, so it reads no more than it must.
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

/** Whether somebody may not be without a second factor. */
export async function mustHaveSecondFactor(db: Pick<Database, "select">, role: Role): Promise<boolean> {
  return isRequiredOf(await readSetting(db, requirementSetting), role);
}

/**
 * Sets who must have a second factor, and signs out whoever falls under it and came without one: their next sign-in
 * asks for it.
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
 * Takes a person's authenticator app, recovery codes and passkeys away and ends their sessions: for a lost phone. The
 * password stays. Returns their address; null when there is no such person.
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
