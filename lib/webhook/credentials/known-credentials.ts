import "server-only";
import { db } from "@/db/client";
import { listUsableCredentials } from "@/db/queries/credentials/list-usable-credentials";
import { readSetting } from "@/db/queries/settings/read-setting";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import type { KnownCredentials } from "@/lib/webhook/credentials/known";
import { toKnownCredentials } from "@/lib/webhook/credentials/to-known-credentials";
import { webhookAddressesSetting } from "@/lib/webhook/credentials/webhook-addresses";
import { withDeadline } from "@/lib/with-deadline";

/** For this long nobody asks the database again. */
const freshMs = 5_000;
/** Up to this age they serve while newer ones are read; older ones wait for it: a revoked one must not get in. */
const usableMs = 60_000;
/** Vapi waits 7.5 s for some answers: a slow database may have this much of it, and then what is known must do. */
const patienceMs = 1_000;
/** Whoever would be turned away loses nothing by waiting longer. */
const lastPatienceMs = 3_000;
/** Neither a database that is down nor a stranger who keeps knocking makes us ask more often. */
const pauseMs = 1_000;
/** A load that takes longer has failed. */
const loadTimeoutMs = 10_000;

interface Held {
  known: KnownCredentials;
  /** Epoch ms; 0 when they were changed since. */
  loadedAt: number;
  /** The number of changes there had been when they were asked for. */
  asOf: number;
  /** False while there are none but the environment's, because the database has not answered yet. */
  isRead: boolean;
}

let held: Held | null = null;
let loading: Promise<void> | null = null;
let askedAt = 0;
let patientFrom = 0;
/** In this process. What was asked for before one may not show it. */
let changes = 0;

/**
 * What deliveries can prove themselves with. Kept in memory and read anew in the background, so that no event costs
 * a query; with the database down the last known stand, at the least VAPI_WEBHOOK_SECRET. Never rejects.
 */
export async function knownCredentials(): Promise<KnownCredentials> {
  const ageMs = Date.now() - current().loadedAt;
  if (ageMs > freshMs) {
    const load = reload();
    if (ageMs > usableMs && Date.now() > patientFrom)
      await withDeadline(load, patienceMs).catch(loseMostPatience);
  }
  return current().known;
}

/** For whom none of these fitted: newer ones, should there be any. A credential works from the moment it is made. */
export async function newerCredentials(than: KnownCredentials): Promise<KnownCredentials | null> {
  const { known, loadedAt } = current();
  if (known === than && Date.now() - loadedAt > pauseMs) {
    await withDeadline(reload(), lastPatienceMs).catch(loseMostPatience);
  }
  return current().known === than ? null : current().known;
}

/** False from the start of the process until the database first told of credentials: whom it would let in is not known. */
export function areCredentialsRead(): boolean {
  return current().isRead;
}

/** After a change: the next delivery waits for the credentials as they are now. Other processes follow in seconds. */
export function forgetCredentials(): void {
  held = { ...current(), loadedAt: 0 };
  loading = null;
  askedAt = 0;
  patientFrom = 0;
  changes += 1;
}

function current(): Held {
  held ??= {
    known: toKnownCredentials([], env.VAPI_WEBHOOK_SECRET, []),
    loadedAt: 0,
    asOf: 0,
    isRead: false,
  };
  return held;
}

/** While the database is this slow, the deliveries that follow do not wait to find out. */
function loseMostPatience(): void {
  patientFrom = Date.now() + loadTimeoutMs;
}

/** Never rejects. */
function reload(): Promise<void> {
  if (!loading && Date.now() - askedAt < pauseMs) return Promise.resolve();
  loading ??= load(changes);
  return loading;
}

async function load(asOf: number): Promise<void> {
  askedAt = Date.now();
  const known = await readCredentials();
  if (known && asOf >= current().asOf) {
    held = { known, loadedAt: asOf === changes ? Date.now() : 0, asOf, isRead: true };
  }
  if (asOf === changes) loading = null;
}

async function readCredentials(): Promise<KnownCredentials | null> {
  try {
    const read = Promise.all([listUsableCredentials(db), readSetting(db, webhookAddressesSetting)]);
    const [rows, ranges] = await withDeadline(read, loadTimeoutMs);
    return toKnownCredentials(rows, env.VAPI_WEBHOOK_SECRET, ranges);
  } catch (cause) {
    log("warn", "webhook credentials could not be read, the last known stand", describeError(cause));
    return null;
  }
}
