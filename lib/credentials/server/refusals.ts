import "server-only";
import { db } from "@/db/client";
import { recordUse } from "@/db/queries/credentials";
import { type RefusalRow, recordRefusals } from "@/db/queries/refusals";
import { clientAddress } from "@/lib/auth/server/client-address";
import { cleanText } from "@/lib/clean-text";
import type { Refusal } from "@/lib/credentials/refusal";
import { toAddressRange } from "@/lib/credentials/server/addresses";
import { isPeerHeader } from "@/lib/http/server/peer-address";
import { describeError, log } from "@/lib/log";
import { hashToUuid } from "@/lib/secrets";

/** Refusals of this window are written together, as so many kinds at most: knocking harder does not write more. */
const windowMs = 250;
const maxKinds = 32;
const warnEveryMs = 60_000;

/** A request may have no more header names than this, and no longer ones, before we stop reading them. */
const maxNames = 40;
const maxNameLength = 64;

let waiting = new Map<string, RefusalRow>();
let flushing: Promise<void> | null = null;
let warnedAt = 0;

/**
 * Counts a refused delivery: why, which headers it had (names only), from which network. Resolves when that is written,
 * or could not be. Never rejects.
 */
export function recordRejection(refusal: Refusal, headers: Headers): Promise<void> {
  const row = toRow(refusal, headers);
  const isRoom = waiting.has(row.key) || waiting.size < maxKinds;
  add(isRoom ? row : withoutParticulars(row));
  flushing ??= new Promise((resolve) => setTimeout(resolve, windowMs)).then(flush);
  return flushing;
}

function toRow({ reason, header, credentialId, found }: Refusal, headers: Headers): RefusalRow {
  const headerNames = [...headers]
    .filter(([name]) => !isPeerHeader(name))
    .slice(0, maxNames)
    .map(nameOf);
  const address = clientAddress(headers);
  const addressRange = address && toAddressRange(address);
  const particulars = { header, credentialId, found, headerNames, addressRange };
  const key = hashToUuid(reason, JSON.stringify(particulars));
  const now = new Date();
  return { key, reason, ...particulars, count: 1, firstAt: now, lastAt: now };
}

/** Vapi sends `x-vapi-secret` empty when none is set: that it was empty is the point. */
function nameOf([name, value]: [string, string]): string {
  return `${cleanText(name, maxNameLength)}${value === "" ? " (empty)" : ""}`;
}

function withoutParticulars({ reason, count, firstAt, lastAt }: RefusalRow): RefusalRow {
  return { key: reason, reason, headerNames: [], count, firstAt, lastAt };
}

function add(row: RefusalRow): void {
  const earlier = waiting.get(row.key);
  if (!earlier) waiting.set(row.key, row);
  else waiting.set(row.key, { ...row, count: row.count + earlier.count, firstAt: earlier.firstAt });
}

async function flush(): Promise<void> {
  const rows = [...waiting.values()];
  waiting = new Map();
  flushing = null;
  try {
    await recordRefusals(db, rows);
  } catch (cause) {
    if (Date.now() - warnedAt < warnEveryMs) return;
    warnedAt = Date.now();
    log("warn", "refused deliveries are not being counted", describeError(cause));
  }
}

const everyMs = 60_000;

const notedAt = new Map<string, number>();

/**
 * Notes that a credential was used, at most once a minute; null when it has been noted. Never rejects: a note that is lost
 * comes a minute later.
 */
export function noteUse(credentialId: string): Promise<void> | null {
  const now = Date.now();
  if (now - (notedAt.get(credentialId) ?? 0) < everyMs) return null;
  notedAt.set(credentialId, now);
  return note(credentialId);
}

async function note(credentialId: string): Promise<void> {
  try {
    await recordUse(db, credentialId);
  } catch (cause) {
    log("warn", "a credential's use was not noted", { credentialId, ...describeError(cause) });
  }
}

let refusalWarnedAt = 0;

/** One line a minute while deliveries are turned away, with what to do when there is nothing they could prove. */
export function warnOfRefusal({ reason, credentialId }: Refusal): void {
  if (Date.now() - refusalWarnedAt < warnEveryMs) return;
  refusalWarnedAt = Date.now();
  if (reason === "none-configured") {
    log("error", "every delivery is refused: set VAPI_WEBHOOK_SECRET, or make a credential in Settings", {
      reason,
    });
  } else {
    log("warn", "a delivery was refused, see Settings, Setup check", { reason, credentialId });
  }
}
