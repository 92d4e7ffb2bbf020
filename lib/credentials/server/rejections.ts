import "server-only";
import { isIPv4 } from "node:net";
import { db } from "@/db/client";
import { recordUse } from "@/db/queries/credentials";
import { type RejectionRow, recordRejections } from "@/db/queries/rejections";
import { clientAddress } from "@/lib/auth/server/client-address";
import { createBatchQueue } from "@/lib/batch-queue";
import { cleanText } from "@/lib/clean-text";
import type { Rejection } from "@/lib/credentials/rejection";
import { isPeerHeader } from "@/lib/http/server/peer-address";
import { log } from "@/lib/log";
import { logRepeated } from "@/lib/log-repeated";
import { isRequestIdHeader } from "@/lib/request-id";
import { hashToUuid } from "@/lib/secrets";

const maxKinds = 32;
/** At most this many header names of a request are recorded, each cut to `maxNameLength`. */
const maxNames = 40;
const maxNameLength = 64;

/**
 * Rejections within this window are written together, as at most `maxKinds` kinds, so a flood of requests does not
 * write more.
 */
const queue = createBatchQueue<RejectionRow>({
  keyOf: ({ key }) => key,
  join: (earlier, later) => ({ ...later, count: later.count + earlier.count, firstAt: earlier.firstAt }),
  windowMs: 250,
  flush: (rows) => recordRejections(db, rows),
  onFailure: (cause) => logRepeated("warn", "rejected deliveries are not being counted", { error: cause }),
});

/**
 * Counts a rejected request: why, which headers it had (names only), from which network. Resolves once that is written
 * or has failed. Never rejects.
 */
export function recordRejection(rejection: Rejection, headers: Headers): Promise<void> {
  const row = toRow(rejection, headers);
  const isRoom = queue.has(row.key) || queue.size < maxKinds;
  return queue.add(isRoom ? row : withoutParticulars(row));
}

function toRow({ reason, header, credentialId, found }: Rejection, headers: Headers): RejectionRow {
  const headerNames = [...headers]
    .filter(([name]) => !isPeerHeader(name) && !isRequestIdHeader(name))
    .slice(0, maxNames)
    .map(nameOf);
  const address = clientAddress(headers);
  const addressRange = address && toAddressRange(address);
  const particulars = { header, credentialId, found, headerNames, addressRange };
  const key = hashToUuid(reason, JSON.stringify(particulars));
  const now = new Date();
  return { key, reason, ...particulars, count: 1, firstAt: now, lastAt: now };
}

/** Marks empty values: Vapi sends `x-vapi-secret` empty when none is set. */
function nameOf([name, value]: [string, string]): string {
  return `${cleanText(name, maxNameLength)}${value === "" ? " (empty)" : ""}`;
}

function withoutParticulars({ reason, count, firstAt, lastAt }: RejectionRow): RejectionRow {
  return { key: reason, reason, headerNames: [], count, firstAt, lastAt };
}

const everyMs = 60_000;

const notedAt = new Map<string, number>();

/** Whether to record a credential's use: once a minute is enough. */
export function isUseDue(credentialId: string): boolean {
  return Date.now() - (notedAt.get(credentialId) ?? 0) >= everyMs;
}

/** Records that a credential was used. Never rejects: if it fails, a later use is recorded a minute later. */
export async function recordCredentialUse(credentialId: string): Promise<void> {
  notedAt.set(credentialId, Date.now());
  try {
    await recordUse(db, credentialId);
  } catch (cause) {
    logRepeated("warn", "a credential's last use was not saved", { credentialId, error: cause });
  }
}

const warnEveryMs = 60_000;
let rejectionWarnedAt = 0;

/** Logs at most one line a minute while requests are rejected, with the remedy if no credential is configured. */
export function warnOfRejection({ reason, credentialId }: Rejection): void {
  if (Date.now() - rejectionWarnedAt < warnEveryMs) return;
  rejectionWarnedAt = Date.now();
  if (reason === "none-configured") {
    log("error", "every delivery is rejected: set VAPI_WEBHOOK_SECRET, or create a credential in Settings", {
      reason,
    });
  } else {
    log("warn", "a delivery was rejected: see Settings → Setup check", { reason, credentialId });
  }
}

/**
 * Returns the network of an address, coarse enough to identify no one: a /24 of IPv4, a /48 of IPv6.
 * @param address an IPv4 address, or an IPv6 address with all groups written out
 */
function toAddressRange(address: string): string {
  if (isIPv4(address)) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  const groups = address.split(":").slice(0, 3);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/48`;
}
