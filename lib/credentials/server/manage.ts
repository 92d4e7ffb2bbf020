import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { getLastReceipt } from "@/db/queries/calls/read";
import {
  insertCredential,
  listCredentialRows,
  listUses,
  markCredentialRevoked,
  retireCredential,
} from "@/db/queries/credentials";
import { type ListedRejectionRow, listRejections } from "@/db/queries/rejections";
import { writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { createSecret, hashSecret } from "@/lib/auth/server/secrets";
import type {
  CredentialSettings,
  CredentialState,
  ListedCredential,
  NewCredential,
  NewSettings,
  ShownCredential,
} from "@/lib/credentials/credential";
import { explainRejection } from "@/lib/credentials/rejection";
import { webhookAddressesSetting } from "@/lib/credentials/server/known";
import { forgetCredentials, toKnownCredentials } from "@/lib/credentials/server/known-credentials";
import type { ExplainedRejection, SetupState } from "@/lib/credentials/setup";
import { env } from "@/lib/env";
import { isReadable, sealSecret } from "@/lib/secrets";

/** Enough to tell two secrets apart, too little to help guess the rest. */
const hintLength = 4;

/** Generates a secret of 256 random bits in the encoding of this kind. */
export function makeSecret(settings: NewSettings): string {
  const isBase64 = settings.kind === "hmac" && settings.secretIsBase64;
  return isBase64 ? randomBytes(32).toString("base64") : createSecret();
}

/** Returns what is stored of a secret: sealed if verification needs it again, else its hash. @param owner the row's ID */
export function toStoredSecret(secret: string, settings: NewSettings, owner: string) {
  const isNeeded = settings.kind === "hmac";
  return {
    secretHash: isNeeded ? null : hashSecret(secret),
    sealedSecret: isNeeded ? sealSecret(secret, owner) : null,
    hint: secret.slice(-hintLength),
  };
}

/** Creates a webhook credential, with a generated secret unless one is given. Valid immediately. */
export async function createCredential(
  db: Database,
  wanted: NewCredential,
  by: By,
): Promise<ShownCredential> {
  const id = randomUUID();
  const settings = complete(wanted.settings);
  const secret = wanted.secret ?? makeSecret(settings);
  await db.transaction(async (tx) => {
    await insertCredential(tx, {
      id,
      name: wanted.name,
      settings,
      addressRanges: wanted.addressRanges,
      createdBy: by.actor.name,
      ...toStoredSecret(secret, settings, id),
    });
    const detail = { kind: settings.kind };
    await recordAudit(tx, { ...by, action: "credential.created", target: wanted.name, detail });
  });
  forgetCredentials();
  return { id, secret, settings };
}

function complete(settings: NewSettings): CredentialSettings {
  if (settings.kind !== "oauth2") return settings;
  return { ...settings, clientId: `earshot-${randomBytes(8).toString("hex")}` };
}

/**
 * Puts rejections into words.
 * @param names names of credentials by ID
 */
export function explainRejections(
  rows: readonly ListedRejectionRow[],
  names: ReadonlyMap<string, string>,
): ExplainedRejection[] {
  return rows.map((row) => ({
    key: row.key,
    ...explainRejection(row, row.credentialId === null ? null : (names.get(row.credentialId) ?? null)),
    headerNames: row.headerNames,
    addressRange: row.addressRange,
    count: row.count,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }));
}

type Row = Awaited<ReturnType<typeof listCredentialRows>>[number];

/** Lists every webhook credential: those of the environment first, then newest first. */
export async function listCredentials(db: Database): Promise<ListedCredential[]> {
  const [rows, uses] = await Promise.all([listCredentialRows(db), listUses(db)]);
  const known = toKnownCredentials([], env.VAPI_WEBHOOK_SECRET, []);
  const ofEnvironment = known.slots[0]?.secrets.map(({ credential }) => credential) ?? [];
  return [
    ...ofEnvironment.map(({ id, name }) => fixed(id, name, uses.get(id) ?? null)),
    ...rows.map((row) => toListed(row, new Date())),
  ];
}

function fixed(id: string, name: string, lastUsedAt: Date | null): ListedCredential {
  return {
    id,
    name,
    settings: null,
    hint: null,
    addressRanges: [],
    createdBy: null,
    createdAt: null,
    expiresAt: null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state: "valid",
    isReadable: true,
  };
}

function toListed(
  { createdAt, expiresAt, revokedAt, lastUsedAt, sealedSecret, ...row }: Row,
  now: Date,
): ListedCredential {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state: stateOf(expiresAt, revokedAt, now),
    isReadable: isReadable(sealedSecret, row.id),
  };
}

function stateOf(expiresAt: Date | null, revokedAt: Date | null, now: Date): CredentialState {
  if (revokedAt) return "revoked";
  if (!expiresAt) return "valid";
  return expiresAt <= now ? "expired" : "expiring";
}

/** Number of rejection kinds that help someone who is setting up. */
const maxRejections = 5;

/** Returns the newest accepted delivery and the newest rejections. */
export async function getSetupState(db: Database): Promise<SetupState> {
  const [credentials, rejections, lastReceipt] = await Promise.all([
    listCredentials(db),
    listRejections(db, maxRejections),
    getLastReceipt(db),
  ]);
  const names = new Map(credentials.map(({ id, name }) => [id, name]));
  return {
    now: new Date().toISOString(),
    admitted: findAdmitted(credentials, lastReceipt),
    rejections: explainRejections(rejections, names),
  };
}

function findAdmitted(
  credentials: readonly ListedCredential[],
  lastReceipt: Date | null,
): SetupState["admitted"] {
  const [latest] = credentials
    .filter((credential) => credential.lastUsedAt !== null)
    .sort((a, b) => (b.lastUsedAt ?? "").localeCompare(a.lastUsedAt ?? ""));
  if (!latest?.lastUsedAt) return null;
  return {
    credential: latest.name,
    usedAt: latest.lastUsedAt,
    lastEventAt: lastReceipt?.toISOString() ?? null,
  };
}

/** Revokes a credential permanently; false if there is none to revoke. @param id a UUID */
export async function revokeCredential(db: Database, id: string, by: By): Promise<boolean> {
  const isRevoked = await db.transaction(async (tx) => {
    const target = await markCredentialRevoked(tx, id);
    if (target === null) return false;
    await recordAudit(tx, { ...by, action: "credential.revoked", target });
    return true;
  });
  if (isRevoked) forgetCredentials();
  return isRevoked;
}

/**
 * Creates a credential's successor, identical except for the secret. Both are valid for `graceHours`, the time to enter
 * the new one in Vapi; then the old one expires. With 0 the old one is revoked at once.
 * @returns null if it cannot be rotated: unknown, revoked, or already rotated
 */
export async function rotateCredential(
  db: Database,
  id: string,
  { graceHours }: { graceHours: number },
  by: By,
): Promise<ShownCredential | null> {
  const shown = await db.transaction(async (tx) => {
    const old = await retireCredential(tx, id, graceHours);
    if (!old) return null;
    const { name, settings, addressRanges } = old;
    const successor = randomUUID();
    const secret = makeSecret(settings);
    const stored = toStoredSecret(secret, settings, successor);
    const createdBy = by.actor.name;
    await insertCredential(tx, { id: successor, name, settings, addressRanges, createdBy, ...stored });
    const detail = { oldValidForHours: String(graceHours) };
    await recordAudit(tx, { ...by, action: "credential.rotated", target: name, detail });
    return { id: successor, secret, settings };
  });
  if (shown) forgetCredentials();
  return shown;
}

/** Sets the addresses deliveries are accepted from, regardless of credential. Empty: from anywhere. */
export async function setWebhookAddresses(db: Database, ranges: string[], by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, webhookAddressesSetting, ranges);
    const target = ranges.join(", ") || "anywhere";
    await recordAudit(tx, { ...by, action: "webhook-addresses.changed", target });
  });
  forgetCredentials();
}
