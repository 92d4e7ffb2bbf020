import "server-only";
import { createSecretKey, hash } from "node:crypto";
import { db } from "@/db/client";
import { listUsableCredentials, type UsableCredential } from "@/db/queries/credentials";
import { readSetting } from "@/db/queries/settings";
import type { HmacSettings } from "@/lib/credentials/credential";
import { webhookAddressesSetting } from "@/lib/credentials/server/known";
import type {
  Credential,
  KnownCredentials,
  PayloadPart,
  SecretSlot,
} from "@/lib/credentials/server/own-known";
import { env } from "@/lib/env";
import { toBlockList } from "@/lib/http/server/addresses";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";
import { openSecret } from "@/lib/secrets";

const field = /\{(timestamp|body|method|url|svix-id)\}/;

/** `{timestamp}.{body}` → timestamp, ".", body. What stands in braces and is no field is text. */
export function toPayloadParts(format: string): PayloadPart[] {
  // With a group in the pattern, split() returns text and fields in turn.
  return format
    .split(field)
    .map((part, index) => (index % 2 === 1 ? { field: part as FieldName } : { text: part }))
    .filter((part) => "field" in part || part.text !== "");
}

type FieldName = Extract<PayloadPart, { field: unknown }>["field"];

/** Whether a field takes part in what is signed. */
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
 * Credentials as rows hold them → ready to be compared.
 * @param environment the secrets of VAPI_WEBHOOK_SECRET: taken as X-Vapi-Secret and as a Bearer token
 * @param ranges where any delivery is taken from; none: from anywhere
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
  // A revoked one is out whatever our clock says; the database's may be ahead.
  const retiresAt = revokedAt ? 0 : (expiresAt?.getTime() ?? null);
  return { id, name, retiresAt, ranges: toRanges(addressRanges) };
}

function toRanges(ranges: readonly string[]) {
  return ranges.length > 0 ? toBlockList(ranges) : null;
}

/** Whoever would be turned away loses nothing by waiting longer. */
const lastPatienceMs = 3_000;
/** A load that takes longer has failed. */
const loadTimeoutMs = 10_000;

const credentials = remembered<KnownCredentials, KnownCredentials>({
  load: readCredentials,
  freshMs: 5_000,
  // Older ones wait for newer ones: a revoked one must not get in.
  usableMs: 60_000,
  timeoutMs: loadTimeoutMs,
  // Vapi waits 7.5 s for some answers: a slow database may have this much of it, and then what is known must do.
  patienceMs: 1_000,
  // While the database is this slow, the deliveries that follow do not wait to find out.
  impatientMs: loadTimeoutMs,
  // Neither a database that is down nor a stranger who keeps knocking makes us ask more often.
  pauseMs: 1_000,
  fallback: credentialsOfEnvironment,
  onFailure: (cause) =>
    logRepeated("warn", "webhook credentials could not be read: the last known ones are used", {
      error: cause,
    }),
});

/**
 * What deliveries can prove themselves with. Kept in memory and read anew in the background, so that no event costs
 * a query; with the database down the last known stand, at the least VAPI_WEBHOOK_SECRET. Never rejects.
 */
export function knownCredentials(): Promise<KnownCredentials> {
  return credentials.get();
}

/** For whom none of these fitted: newer ones, should there be any. A credential works from the moment it is made. */
export async function newerCredentials(than: KnownCredentials): Promise<KnownCredentials | null> {
  if (credentials.known() === than) await credentials.refresh(lastPatienceMs);
  const known = credentials.known();
  return known === than ? null : known;
}

/** False from the start of the process until the database first told of credentials: whom it would let in is not known. */
export function areCredentialsRead(): boolean {
  return credentials.isKnown();
}

/** After a change: the next delivery waits for the credentials as they are now. Other processes follow in seconds. */
export function forgetCredentials(): void {
  credentials.forget();
}

let initial: KnownCredentials | null = null;

/** What there is before the database has answered. */
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
