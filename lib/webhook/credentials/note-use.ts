import "server-only";
import { db } from "@/db/client";
import { recordUse } from "@/db/queries/credentials/record-use";
import { describeError, log } from "@/lib/log";

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
