import "server-only";
import { createSecretKey, hash } from "node:crypto";
import { db } from "@/db/client";
import { listUsableCredentials, type UsableCredential } from "@/db/queries/credentials";
import { readSetting } from "@/db/queries/settings";
import type { HmacSettings } from "@/lib/credentials/credential";
import type {
  Credential,
  KnownCredentials,
  PayloadPart,
  SecretSlot,
} from "@/lib/credentials/server/credential-types";
import { webhookAddressesSetting } from "@/lib/credentials/server/known";
import { env } from "@/lib/env";
import { toBlockList } from "@/lib/http/server/addresses";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";
import { openSecret } from "@/lib/secrets";

const field = /\{(timestamp|body|method|url|svix-id)\}/;

/** `{timestamp}.{body}` → timestamp, ".", body. Unknown names in braces stay text. */
export function toPayloadParts(format: string): PayloadPart[] {
  // With a group in the pattern, split() alternates text and fields.
  return format
    .split(field)
    .map((part, index) => (index % 2 === 1 ? { field: part as FieldName } : { text: part }))
    .filter((part) => "field" in part || part.text !== "");
}

type FieldName = Extract<PayloadPart, { field: unknown }>["field"];

/** Whether a payload format includes a field. */
export function hasField(payload: readonly PayloadPart[], name: FieldName): boolean {
  return payload.some((part) => "field" in part && part.field === name);
}

interface Growing extends KnownCredentials {
  slots: SecretSlot[];
  signers: KnownCredentials["signers"][number][];
  clients: KnownCredentials["clients"][number][];
  unreadable: KnownCredentials["unreadable"][number][];
}

/**
 * Prepares stored credentials for comparison.
 * @param environment the secrets of VAPI_WEBHOOK_SECRET: accepted as X-Vapi-Secret and as a Bearer token
 * @param ranges the addresses any delivery is accepted from; empty: from anywhere
 */
export function toKnownCredentials(
  rows: readonly UsableCredential[],
  environment: readonly string[],
  ranges: readonly string[],
): KnownCredentials {
  const known: Growing = { slots: [], signers: [], clients: [], unreadable: [], ranges: toRanges(ranges) };
  for (const [index, secret] of environment.entries()) {
    const credential = ofEnvironment(index + 1);
    const digest = hash("sha256", secret, "buffer");
    addSecret(known, "x-vapi-secret", false, credential, digest);
    addSecret(known, "authorization", true, credential, digest);
  }
  const valid = rows.filter((row) => !row.revokedAt && !row.expiresAt);
  for (const row of [...valid, ...rows.filter((row) => !valid.includes(row))]) addRow(known, row);
  return known;
}

function ofEnvironment(position: number): Credential {
  const name = position === 1 ? "VAPI_WEBHOOK_SECRET" : `VAPI_WEBHOOK_SECRET (${position})`;
  return { id: `environment-${position}`, name, retiresAt: null, ranges: null };
}

function addRow(known: Growing, row: UsableCredential): void {
  const { settings } = row;
  const credential = toCredential(row);
  const secretHash = Buffer.from(row.secretHash ?? "", "hex");
  if (settings.kind === "hmac") addSigner(known, row, settings, credential);
  else if (settings.kind === "oauth2")
    known.clients.push({ credential, clientId: settings.clientId, secretHash });
  else if (settings.kind === "secret") addSecret(known, "x-vapi-secret", false, credential, secretHash);
  else addSecret(known, settings.header, settings.hasPrefix, credential, secretHash);
}

function addSecret(
  known: Growing,
  header: string,
  hasPrefix: boolean,
  credential: Credential,
  digest: Buffer,
) {
  const same = known.slots.find((slot) => slot.header === header && slot.hasPrefix === hasPrefix);
  if (same) same.secrets.push({ credential, hash: digest });
  else known.slots.push({ header, hasPrefix, secrets: [{ credential, hash: digest }] });
}

function addSigner(
  known: Growing,
  { id, sealedSecret }: UsableCredential,
  settings: HmacSettings,
  credential: Credential,
): void {
  const secret = openSecret(sealedSecret ?? "", id);
  if (secret === null) {
    known.unreadable.push({ credential, header: settings.signatureHeader });
    return;
  }
  const key = createSecretKey(Buffer.from(secret, settings.secretIsBase64 ? "base64" : "utf8"));
  known.signers.push({ credential, settings, key, payload: toPayloadParts(settings.payloadFormat) });
}

function toCredential({ id, name, expiresAt, revokedAt, addressRanges }: UsableCredential): Credential {
  // A revoked credential ends at once, even if the database's clock is ahead of ours.
  const retiresAt = revokedAt ? 0 : (expiresAt?.getTime() ?? null);
  return { id, name, retiresAt, ranges: toRanges(addressRanges) };
}

function toRanges(ranges: readonly string[]) {
  return ranges.length > 0 ? toBlockList(ranges) : null;
}

/** A request that would be rejected can afford to wait longer. */
const refreshWaitMs = 3_000;
/** A load that takes longer has failed. */
const loadTimeoutMs = 10_000;

const credentials = remembered<KnownCredentials, KnownCredentials>({
  load: readCredentials,
  freshMs: 5_000,
  // Beyond this age, wait for a reload: a revoked credential must not be accepted.
  usableMs: 60_000,
  timeoutMs: loadTimeoutMs,
  // Vapi waits 7.5 s for some answers. A slow database may use this much of it; then the last known credentials are used.
  maxWaitMs: 1_000,
  // After such a timeout, deliveries do not wait for the database for this long.
  noWaitMs: loadTimeoutMs,
  // Limits reloads while the database is down or an unknown sender keeps trying.
  pauseMs: 1_000,
  fallback: credentialsOfEnvironment,
  onFailure: (cause) =>
    logRepeated("warn", "webhook credentials could not be read: the last known ones are used", {
      error: cause,
    }),
});

/**
 * Returns the credentials deliveries are checked against. Kept in memory and reloaded in the background, so no event
 * costs a query. While the database is down, the last known are used, or VAPI_WEBHOOK_SECRET alone. Never rejects.
 */
export function knownCredentials(): Promise<KnownCredentials> {
  return credentials.get();
}

/**
 * Returns newer credentials, if any, for a request that matched none of these. A credential works from the moment it is
 * created.
 */
export async function newerCredentials(than: KnownCredentials): Promise<KnownCredentials | null> {
  if (credentials.known() === than) await credentials.refresh(refreshWaitMs);
  const known = credentials.known();
  return known === than ? null : known;
}

/** Whether the database's credentials have been read since the process started. Until then the valid ones are unknown. */
export function areCredentialsRead(): boolean {
  return credentials.isKnown();
}

/** Call after a change: the next delivery waits for the current credentials. Other processes follow within seconds. */
export function forgetCredentials(): void {
  credentials.forget();
}

let initial: KnownCredentials | null = null;

/** The credentials known before the database answers. */
function credentialsOfEnvironment(): KnownCredentials {
  initial ??= toKnownCredentials([], env.VAPI_WEBHOOK_SECRET, []);
  return initial;
}

async function readCredentials(): Promise<KnownCredentials> {
  const [rows, ranges] = await Promise.all([
    listUsableCredentials(db),
    readSetting(db, webhookAddressesSetting),
  ]);
  return toKnownCredentials(rows, env.VAPI_WEBHOOK_SECRET, ranges);
}
