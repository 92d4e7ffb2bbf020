import "server-only";
import { db } from "@/db/client";
import { readRouting } from "@/db/queries/routing/read-routing";
import { describeError, log } from "@/lib/log";
import type { VersionedRouting } from "@/lib/routing/routing";
import { withDeadline } from "@/lib/with-deadline";

/** For this long nobody asks the database again. */
const freshMs = 5_000;
/** A load that takes longer has failed. */
const loadTimeoutMs = 10_000;

/** `asOf`: how many changes there had been when it was asked for. */
let held: { routing: VersionedRouting; loadedAt: number; asOf: number } | null = null;
let loading: Promise<void> | null = null;
/** In this process: what was asked for before one may not show it. */
let changes = 0;

/**
 * The rules in force, a few seconds old at most. While the database does not answer within `patienceMs`, the last that
 * were known; null before any were. Never rejects.
 */
export async function knownRouting(patienceMs: number): Promise<VersionedRouting | null> {
  if (!held || Date.now() - held.loadedAt > freshMs) {
    loading ??= load(changes);
    await withDeadline(loading, patienceMs).catch(() => {});
  }
  return held?.routing ?? null;
}

/** After a change: the next call waits for the rules as they are now. Other processes follow in seconds. */
export function forgetRouting(): void {
  if (held) held = { ...held, loadedAt: 0 };
  loading = null;
  changes += 1;
}

async function load(asOf: number): Promise<void> {
  try {
    const routing = await withDeadline(readRouting(db), loadTimeoutMs);
    // Versions are not compared: a database put back from a backup has an earlier one, and it holds.
    if (!held || asOf >= held.asOf) held = { routing, loadedAt: asOf === changes ? Date.now() : 0, asOf };
  } catch (cause) {
    log("warn", "the routing rules could not be read, the last known stand", describeError(cause));
  } finally {
    if (asOf === changes) loading = null;
  }
}
