import "server-only";
import { randomBytes } from "node:crypto";
import { db } from "@/db/client";
import { type GenerationState, readGeneration, recordGrant, rotateGeneration } from "@/db/queries/realtime";
import type { Actor } from "@/lib/auth/roles";
import { logRepeated } from "@/lib/log-repeated";
import { generationChannel, rotateEvent } from "@/lib/realtime/push";
import { getPusherClient } from "@/lib/realtime/server/pusher-client";
import { remembered } from "@/lib/remembered";

const generations = remembered<GenerationState, null>({
  load: readOrRotate,
  // That much longer somebody who may no longer listen can hear.
  freshMs: 1_000,
  timeoutMs: 500,
  // Without a database, what was known holds this long and no longer, so that nobody hears for more than five seconds.
  trustMs: 4_000,
  fallback: () => null,
  onFailure: (cause, known) => {
    if (known || hasMissed) return;
    logRepeated("warn", "pushes are withheld: subscribers' access is unknown", { error: cause });
  },
});

let hasMissed = false;

/**
 * The generation to publish on; null when nobody knows it, and what is to be published goes to nobody. Pages that have
 * missed something so are moved to a new generation, and ask again for everything, once it is known.
 */
export async function publishingGeneration(): Promise<string | null> {
  const state = await generations.get();
  if (!state) hasMissed = true;
  return state?.generation ?? null;
}

/**
 * Lets somebody in to the generation of now, which it returns. Noted before they are told, so that whatever they lose
 * from here on ends it; what they lost a moment ago as well.
 */
export async function grantGeneration(actor: Actor): Promise<string> {
  const generation = await currentGeneration();
  const holderId = actor.kind === "person" ? actor.sessionId : actor.id;
  await recordGrant(db, { generation, holderKind: actor.kind, holderId, role: actor.role });
  return generation;
}

/** The generation of now, looked up. */
export async function currentGeneration(): Promise<string> {
  return (await generations.reload()).generation;
}

/**
 * To be called after anything that may end what somebody may hear. Other processes find out by themselves within a second.
 * Never rejects: what was changed has been changed, and whoever publishes next looks again.
 */
export async function endRevokedListening(): Promise<void> {
  try {
    await generations.reload();
  } catch (cause) {
    logRepeated("warn", "access of subscribers could not be checked again", { error: cause });
  }
}

/** Tells open pages of the generation they should be on. Never rejects: the tick repeats it to those who are behind. */
export async function announceGeneration(generation: string): Promise<void> {
  try {
    await (await getPusherClient()).trigger(generationChannel, rotateEvent, { generation });
  } catch (cause) {
    logRepeated("warn", "a new generation could not be announced", { error: cause });
  }
}

/** Reads the generation, and ends it where somebody has lost what they were let in for. */
async function readOrRotate(): Promise<GenerationState> {
  const found = await readGeneration(db, newName());
  if (!found.isRevoked && !hasMissed) return found;
  hasMissed = false;
  const generation = newName();
  if (!(await rotateGeneration(db, found.generation, generation))) return readGeneration(db, generation);
  const state = { generation, isRevoked: false };
  // Known before it is announced: what is published meanwhile does not wait for Pusher.
  generations.keep(state);
  await announceGeneration(generation);
  return state;
}

/** Random, and so never used twice, not even after a backup was restored. */
function newName(): string {
  return randomBytes(8).toString("hex");
}
