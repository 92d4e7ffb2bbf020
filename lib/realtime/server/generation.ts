import "server-only";
import { randomBytes } from "node:crypto";
import { db } from "@/db/client";
import { type GenerationState, readGeneration, recordGrant, rotateGeneration } from "@/db/queries/realtime";
import type { Actor } from "@/lib/auth/roles";
import { logRepeated } from "@/lib/log-repeated";
import { generationChannel, rotateEvent } from "@/lib/realtime/push";
import { firstTimeoutMs } from "@/lib/realtime/server/occupancy";
import { getPusherClient } from "@/lib/realtime/server/pusher-client";
import { remembered } from "@/lib/remembered";

const generations = remembered<GenerationState, null>({
  load: readOrRotate,
  // A subscriber whose access was revoked may get pushes this much longer.
  freshMs: 1_000,
  timeoutMs: 500,
  firstTimeoutMs,
  // Without a database the known generation is used only this long: revoked access ends within five seconds.
  trustMs: 4_000,
  fallback: () => null,
  onFailure: (cause, known) => {
    if (known || hasMissed) return;
    logRepeated("warn", "pushes are withheld: subscribers' access is unknown", { error: cause });
  },
});

let hasMissed = false;

/**
 * The generation to publish on; null if it is unknown, in which case pushes are dropped. Once it is known again, pages
 * are moved to a new generation, so that they refetch what they missed.
 */
export async function publishingGeneration(): Promise<string | null> {
  const state = await generations.get();
  if (!state) hasMissed = true;
  return state?.generation ?? null;
}

/**
 * Grants an actor the current generation and returns it. The grant is recorded before it is returned, so that any
 * access lost from then on ends the generation; so does access lost a moment before.
 */
export async function grantGeneration(actor: Actor): Promise<string> {
  const generation = await currentGeneration();
  const holderId = actor.kind === "person" ? actor.sessionId : actor.id;
  await recordGrant(db, { generation, holderKind: actor.kind, holderId, role: actor.role });
  return generation;
}

/** Looks up the current generation. */
export async function currentGeneration(): Promise<string> {
  return (await generations.reload()).generation;
}

/**
 * Must be called after anything that may revoke access to channels. Other processes notice within a second. Never
 * rejects: the change itself is made, and the next publish checks again.
 */
export async function endRevokedListening(): Promise<void> {
  try {
    await generations.reload();
  } catch (cause) {
    logRepeated("warn", "access of subscribers could not be checked again", { error: cause });
  }
}

/** Tells open pages the current generation. Never rejects: the tick repeats it for pages that are behind. */
export async function announceGeneration(generation: string): Promise<void> {
  try {
    await (await getPusherClient()).trigger(generationChannel, rotateEvent, { generation });
  } catch (cause) {
    logRepeated("warn", "a new generation could not be announced", { error: cause });
  }
}

/** Reads the generation, and replaces it if someone has lost the access it was granted for. */
async function readOrRotate(): Promise<GenerationState> {
  const found = await readGeneration(db, newName());
  if (!found.isRevoked && !hasMissed) return found;
  hasMissed = false;
  const generation = newName();
  if (!(await rotateGeneration(db, found.generation, generation))) return readGeneration(db, generation);
  const state = { generation, isRevoked: false };
  // Kept before it is announced, so that pushes do not wait for Pusher.
  generations.keep(state);
  await announceGeneration(generation);
  return state;
}

/** Random, so it is never used twice, not even after a backup is restored. */
function newName(): string {
  return randomBytes(8).toString("hex");
}
