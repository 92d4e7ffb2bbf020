import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  claimInvitation,
  createInvitation,
  findInvitation,
  revokeInvitation,
} from "@/db/queries/auth/invitations";
import {
  changePerson,
  createPerson,
  deletePerson,
  hasPeople,
  isMember,
  lockPerson,
  revokeSessions,
} from "@/db/queries/auth/people";
import type { By } from "@/lib/audit/audit";
import type { InvitationInput, PersonChange } from "@/lib/auth/people";
import type { Role } from "@/lib/auth/roles";
import { createSecret, hashSecret } from "@/lib/auth/server/secrets";
import { env } from "@/lib/env";
import { problem } from "@/lib/http/server/http";

type Acceptance = { token: string; name: string; password: string };

/**
 * Turns an open invitation into a person with a password and returns their address. Null if the invitation is used,
 * withdrawn, expired or unknown, or if a person with its address already exists.
 */
export async function acceptInvitation(
  db: Database,
  { token, name, password }: Acceptance,
  ip: string | null,
): Promise<string | null> {
  const tokenHash = hashSecret(token);
  // Hashing a password is slow on purpose, so made-up tokens are rejected first.
  if (!(await findInvitation(db, tokenHash))) return null;
  const passwordHash = await hashPassword(password);

  return db.transaction(async (tx) => {
    const invitation = await claimInvitation(tx, { tokenHash });
    if (!invitation) return null;
    const { email, role } = invitation;
    const made = await createPerson(tx, { email, name, role, passwordHash });
    if (!made) return null;
    const actor = { kind: "person", id: made.id, name: email } as const;
    await recordAudit(tx, { actor, action: "invitation.accepted", target: email, detail: { role }, ip });
    return email;
  });
}

/** The HTTP answer to a change of a person. */
export function answerChange(change: PersonChange): Response {
  if (change === "unknown") return problem(404, "Not found", "No person has this ID.");
  if (change === "self")
    return problem(409, "Yourself", "You cannot do this to yourself. Ask another admin.");
  if (change === "last-admin") {
    return problem(409, "Last admin", "At least one admin is required. Make someone else an admin first.");
  }
  return new Response(null, { status: 204 });
}

type Founder = { email: string; name: string; password: string };

/**
 * Creates the first admin. False if any person exists: of two concurrent requests, the unique index on
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

/** Sessions to end: all of a person's, or one. */
type SessionsToEnd = { userId: string; email: string; sessionId?: string };

/** Ends open sessions and returns how many there were. */
export async function endSessions(db: Database, which: SessionsToEnd, by: By): Promise<number> {
  const { userId, email, sessionId } = which;
  return db.transaction(async (tx) => {
    const ended = await revokeSessions(tx, userId, sessionId);
    if (ended > 0) {
      const detail = { sessions: String(ended) };
      await recordAudit(tx, { ...by, action: "session.revoked", target: email, detail });
    }
    return ended;
  });
}

const lifetimeMs = 7 * 24 * 60 * 60_000;

/**
 * Invites an address and returns the link that accepts the invitation, once, within seven days; null if a person with
 * that address exists. The link cannot be shown again: only its hash is stored.
 */
export async function invitePerson(
  db: Database,
  { email, role }: InvitationInput,
  by: By,
): Promise<string | null> {
  if (await isMember(db, email)) return null;
  const token = createSecret();
  await db.transaction(async (tx) => {
    await createInvitation(tx, {
      email,
      role,
      tokenHash: hashSecret(token),
      invitedBy: by.actor.name,
      expiresAt: new Date(Date.now() + lifetimeMs),
    });
    await recordAudit(tx, { ...by, action: "person.invited", target: email, detail: { role } });
  });
  return `${env.APP_URL}/invite/${token}`;
}

/** Removes a person with their sessions and ways to sign in. Their actions stay in the audit log, by name. */
export async function removePerson(db: Database, id: string, by: By): Promise<PersonChange> {
  if (by.actor.kind === "person" && by.actor.id === id) return "self";
  return db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (!person) return "unknown";
    if (person.isLastAdmin) return "last-admin";
    await deletePerson(tx, id);
    await recordAudit(tx, { ...by, action: "person.removed", target: person.email });
    return "done";
  });
}

/** Blocks a person and ends all their sessions, or unblocks them. */
export async function setBlocked(db: Database, id: string, blocked: boolean, by: By): Promise<PersonChange> {
  if (blocked && by.actor.kind === "person" && by.actor.id === id) return "self";
  return db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (!person) return "unknown";
    if (person.blocked === blocked) return "done";
    if (person.isLastAdmin) return "last-admin";
    await changePerson(tx, id, { banned: blocked });
    if (blocked) await revokeSessions(tx, id);
    const action = blocked ? "person.blocked" : "person.unblocked";
    await recordAudit(tx, { ...by, action, target: person.email });
    return "done";
  });
}

/** Gives a person another role; takes effect with their next request. */
export async function setRole(db: Database, id: string, role: Role, by: By): Promise<PersonChange> {
  return db.transaction(async (tx) => {
    const person = await lockPerson(tx, id);
    if (!person) return "unknown";
    if (person.role === role) return "done";
    if (person.isLastAdmin) return "last-admin";
    await changePerson(tx, id, { role });
    const detail = { from: person.role, to: role };
    await recordAudit(tx, { ...by, action: "person.role-changed", target: person.email, detail });
    return "done";
  });
}

/** Closes an open invitation, so that its link stops working. False if it is not open. @param id a UUID */
export async function withdrawInvitation(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const revoked = await revokeInvitation(tx, id);
    if (!revoked) return false;
    await recordAudit(tx, { ...by, action: "invitation.revoked", target: revoked.email });
    return true;
  });
}
