import "server-only";
import { createSecretKey, hash } from "node:crypto";
import type { UsableCredential } from "@/db/queries/credentials/list-usable-credentials";
import type { HmacSettings } from "@/lib/credentials/credential-settings";
import { toBlockList } from "@/lib/http/to-block-list";
import { openSecret } from "@/lib/sealed-secret";
import type { Credential, KnownCredentials, SecretSlot } from "@/lib/webhook/credentials/known";
import { toPayloadParts } from "@/lib/webhook/credentials/to-payload-parts";

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
