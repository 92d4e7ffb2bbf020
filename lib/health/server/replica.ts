import "server-only";
import { db, readDb } from "@/db/client";
import { readReplicaLag } from "@/db/queries/replica";
import { withDeadline } from "@/lib/async";
import { env } from "@/lib/env";
import { logRepeated } from "@/lib/log-repeated";
import { remembered } from "@/lib/remembered";

const timeoutMs = 1_000;

const lag = remembered<number | null, null>({
  load: () => withDeadline(readReplicaLag(db, readDb), timeoutMs),
  freshMs: 1_000,
  trustMs: 1_000,
  fallback: () => null,
  onFailure: (cause) => logRepeated("warn", "the replica's lag could not be read", { error: cause }),
});

/**
 * Returns the replication lag of `readDb` to include in a response: seconds, null if unknown, or nothing without a
 * replica. Never rejects.
 */
export async function dataAge(): Promise<{ behindSeconds?: number | null }> {
  return env.DATABASE_READ_URL ? { behindSeconds: await lag.get() } : {};
}
