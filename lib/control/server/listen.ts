import "server-only";
import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { deleteEndedMonitors } from "@/db/queries/control";
import {
  checkListeners,
  claimListener,
  type EndedListener,
  endListener,
  endLostListeners,
  findEndedReason,
} from "@/db/queries/listeners";
import { readSetting } from "@/db/queries/settings";
import { withDeadline } from "@/lib/async";
import type { By } from "@/lib/audit/audit";
import { can } from "@/lib/auth/permissions";
import { type Actor, roles } from "@/lib/auth/roles";
import { controlSetting, type ListenHead } from "@/lib/control/control";
import { superviseCall, toSupervision } from "@/lib/control/server/monitor";
import { type AudioListener, AudioUnavailable, SoundSource } from "@/lib/control/server/sound-source";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** An audio stream, or why there is none. */
export type Listening =
  | { status: 200; body: ReadableStream<Uint8Array> }
  | { status: 404 | 409 | 422 | 429 | 502; detail: string };

/** Four seconds of 16 kHz stereo: a reader further behind is no longer live. */
const mostBufferedBytes = 256 * 1024;

/**
 * Starts listening to a live call. `signal`: the request's. The audit log records the start and the end, whichever side
 * ends it.
 * @param id of the listening session; a player that opens its next stream passes the same one
 */
export async function listenTo(
  callId: string,
  { id, actor, by, signal }: { id: string; actor: Actor; by: By; signal: AbortSignal },
): Promise<Listening> {
  const [call, settings] = await Promise.all([superviseCall(callId), readSetting(db, controlSetting)]);
  if (!call) return { status: 404, detail: "No events of this call have arrived." };
  const { listen } = toSupervision(call, settings.listening);
  if (listen.reason !== null || !call.listen.url) {
    return { status: 409, detail: listen.reason ?? call.listen.reason ?? "" };
  }
  const stream = randomUUID();
  const holderId = actor.kind === "person" ? actor.sessionId : actor.id;
  const claim = { id, callId, stream, holderKind: actor.kind, holderId, by };
  const claimed = await claimListener(db, claim, settings.listenersPerCall);
  if (claimed === "full") {
    const most = settings.listenersPerCall;
    return { status: 429, detail: `${most} ${most === 1 ? "person is" : "people are"} already listening.` };
  }
  if (claimed === "taken") return { status: 422, detail: "This ID belongs to another stream." };
  try {
    // Before any audio, so that no one listens unrecorded.
    if (claimed === "new") await recordAudit(db, { ...by, action: "listening.started", target: callId });
    const endedBefore = claimed === "new" ? await findEndedReason(db, { callId, id }) : null;
    // Last, because nothing closes a source that no one listens to.
    const source = await openSource(callId, call.listen.url);
    const head = {
      ...source.format,
      endsAfter: env.LISTEN_STREAM_SECONDS,
      ...(endedBefore && { endedBefore }),
    };
    return { status: 200, body: toStream(source, { head, stream, signal }) };
  } catch (cause) {
    const detail = cause instanceof AudioUnavailable ? cause.message : "Could not open the audio.";
    await endAndAudit(stream, detail);
    if (!(cause instanceof AudioUnavailable)) throw cause;
    log("warn", "a call's audio could not be opened", { callId, error: cause });
    return { status: 502, detail };
  }
}

/** Global, because `next dev` may load this module again: one set of connections per process. */
const here = globalThis as typeof globalThis & {
  earshotListening?: {
    sources: Map<string, Promise<SoundSource>>;
    /** Functions that end each stream, given the reason. */
    streams: Map<string, (reason: string) => void>;
    isChecking: boolean;
  };
};
here.earshotListening ??= { sources: new Map(), streams: new Map(), isChecking: false };
const state = here.earshotListening;

/** Returns this process's only connection for a call, opening it if needed. */
function openSource(callId: string, url: URL): Promise<SoundSource> {
  const known = state.sources.get(callId);
  if (known) return known;
  const forget = () => {
    if (state.sources.get(callId) === opening) state.sources.delete(callId);
  };
  const opening: Promise<SoundSource> = SoundSource.open(url, forget);
  opening.catch(forget);
  state.sources.set(callId, opening);
  return opening;
}

interface Streaming {
  head: ListenHead;
  stream: string;
  signal: AbortSignal;
}

function toStream(source: SoundSource, { head, stream, signal }: Streaming): ReadableStream<Uint8Array> {
  let end = (_reason: string) => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const hearer: AudioListener = {
          receive: (piece) => {
            if ((controller.desiredSize ?? 0) >= piece.byteLength) controller.enqueue(piece);
            else end(tooSlow);
          },
          end: (reason) => end(reason),
        };
        const timer = setTimeout(() => end("The stream reached its time limit."), head.endsAfter * 1_000);
        end = (reason) => {
          end = () => {};
          clearTimeout(timer);
          state.streams.delete(stream);
          source.remove(hearer);
          const written = endAndAudit(stream, reason);
          // Closed only once the reason is stored: the player reconnects at once and is given it.
          if (reason === tooSlow) void written.then(() => close(controller, reason));
          else close(controller, reason);
        };
        controller.enqueue(new TextEncoder().encode(`${JSON.stringify(head)}\n`));
        state.streams.set(stream, (reason) => end(reason));
        signal.addEventListener("abort", () => end("The listener stopped."), { once: true });
        source.add(hearer);
        if (signal.aborted) end("The listener stopped.");
        keepChecking();
      },
      cancel: () => end("The listener stopped."),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostBufferedBytes }),
  );
}

const tooSlow = "The connection was too slow for the audio.";

/** Closes a stream. A reader that is too slow loses what is buffered; all others get the rest. */
function close(controller: ReadableStreamDefaultController<Uint8Array>, reason: string): void {
  try {
    if (reason === tooSlow) controller.error(new Error(reason));
    else controller.close();
  } catch {
    // Already closed: its reader cancelled it.
  }
}

async function endAndAudit(stream: string, reason: string): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      const ended = await endListener(tx, stream);
      if (ended) await auditEnd(tx, ended, reason);
    });
  } catch (cause) {
    // Its lease expires, and the tick records the end then.
    log("warn", "the end of a listening session was not recorded", { error: cause });
  }
}

function auditEnd(
  tx: Parameters<typeof recordAudit>[0],
  ended: EndedListener,
  reason: string,
): Promise<void> {
  const { by, callId, seconds } = ended;
  const detail = { seconds: String(seconds), reason, listening: ended.id };
  return recordAudit(tx, { ...by, action: "listening.ended", target: callId, detail });
}

/** With the query's own time, anyone who may no longer listen is cut off within five seconds. */
const checkEveryMs = 1_000;
const checkTimeoutMs = 1_000;
/** How long the last answer holds while the database does not say who may listen. */
const trustMs = 3_000;

const mayListen = roles.filter((role) => can(role, "calls.listen"));

/** Checks every stream of this process, a second after the previous check, while there are any. */
function keepChecking(): void {
  if (state.isChecking) return;
  state.isChecking = true;
  let confirmedMs = Date.now();
  const again = async () => {
    const askedMs = Date.now();
    try {
      await withDeadline(checkAll(), checkTimeoutMs);
      confirmedMs = askedMs;
    } catch (cause) {
      log("warn", "access of people who listen to calls could not be checked again", { error: cause });
      if (Date.now() - confirmedMs >= trustMs) {
        for (const end of [...state.streams.values()]) end("The listener's access could not be checked.");
      }
    }
    if (state.streams.size === 0) state.isChecking = false;
    else setTimeout(again, checkEveryMs).unref();
  };
  setTimeout(again, checkEveryMs).unref();
}

async function checkAll(): Promise<void> {
  const asked = [...state.streams.keys()];
  if (asked.length === 0) return;
  const [found, { listening }] = await Promise.all([
    checkListeners(db, asked, mayListen),
    readSetting(db, controlSetting),
  ]);
  const standing = new Map(found.map((row) => [row.stream, row]));
  for (const stream of asked) {
    const reason = whyEnd(standing.get(stream), listening);
    if (reason !== null) state.streams.get(stream)?.(reason);
  }
}

function whyEnd(row: { isLive: boolean; isAllowed: boolean } | undefined, isOn: boolean): string | null {
  if (!row) return "The listener continued in another stream.";
  if (!row.isAllowed) return "The listener lost access to live audio.";
  if (!isOn) return "Listening was turned off.";
  return row.isLive ? null : "The call ended.";
}

/** Cleans up after processes that died: listeners with expired leases, and URLs of ended calls. */
export async function tidyListening(): Promise<void> {
  await db.transaction(async (tx) => {
    for (const lost of await endLostListeners(tx)) await auditEnd(tx, lost, "Earshot was interrupted.");
  });
  await deleteEndedMonitors(db);
}
