import "server-only";
import { randomBytes } from "node:crypto";
import { db } from "@/db/client";
import { type GenerationState, readGeneration, recordGrant, rotateGeneration } from "@/db/queries/realtime";
import { withDeadline } from "@/lib/async";
import type { Actor } from "@/lib/auth/roles";
import { describeError, log } from "@/lib/log";
import { generationChannel, rotateEvent } from "@/lib/realtime/push";
import { pusherClient } from "@/lib/realtime/server/pusher-client";

/** How old a publisher's knowledge may be: that much longer somebody who may no longer listen can hear. */
const maxAgeMs = 1_000;
const timeoutMs = 500;
/** Without a database, what was known holds this long and no longer, so that nobody hears for more than five seconds. */
const trustMs = 4_000;

let known: { state: GenerationState; readAt: number } | null = null;
let reading: Promise<GenerationState> | null = null;
let hasMissed = false;

/**
 * The generation to publish on; null when nobody knows it, and what is to be published goes to nobody. Pages that have
 * missed something so are moved to a new generation, and ask again for everything, once it is known.
 */
export async function publishingGeneration(): Promise<string | null> {
  if (known && Date.now() - known.readAt < maxAgeMs) return known.state.generation;
  try {
    // The deadline is the reading's own: one that never ends must not stand in the way of the next.
    reading ??= withDeadline(refresh(), timeoutMs).finally(() => {
      reading = null;
    });
    return (await reading).generation;
  } catch (cause) {
    if (known && Date.now() - known.readAt < trustMs) return known.state.generation;
    if (!hasMissed) log("warn", "pushes are withheld: who may listen is not known", describeError(cause));
    hasMissed = true;
    return null;
  }
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
  return (await refresh()).generation;
}

/**
 * To be called after anything that may end what somebody may hear. Other processes find out by themselves within a second.
 * Never rejects: what was changed has been changed, and whoever publishes next looks again.
 */
export async function endRevokedListening(): Promise<void> {
  try {
    await refresh();
  } catch (cause) {
    log("warn", "who may still listen could not be checked", describeError(cause));
  }
}

/** Tells open pages of the generation they should be on. Never rejects: the tick repeats it to those who are behind. */
export async function announceGeneration(generation: string): Promise<void> {
  try {
    await pusherClient.trigger(generationChannel, rotateEvent, { generation });
  } catch (cause) {
    log("warn", "a new generation could not be announced", describeError(cause));
  }
}

/** Reads the generation, and ends it where somebody has lost what they were let in for. */
async function refresh(): Promise<GenerationState> {
  const readAt = Date.now();
  const found = await readGeneration(db, newName());
  if (!found.isRevoked && !hasMissed) return keep(found, readAt);
  hasMissed = false;
  const generation = newName();
  if (!(await rotateGeneration(db, found.generation, generation)))
    return keep(await readGeneration(db, generation), readAt);
  // Known before it is announced: what is published meanwhile does not wait for Pusher.
  const state = keep({ generation, isRevoked: false }, Date.now());
  await announceGeneration(generation);
  return state;
}

/** Of two readings that overlap, the later one counts. */
function keep(state: GenerationState, readAt: number): GenerationState {
  if (!known || known.readAt <= readAt) known = { state, readAt };
  return state;
}

/** Random, and so never used twice, not even after a backup was restored. */
function newName(): string {
  return randomBytes(8).toString("hex");
}
