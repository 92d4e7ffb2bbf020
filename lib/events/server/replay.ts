import "server-only";
import { after } from "next/server";
import { type Database, db } from "@/db/client";
import { readContentFault } from "@/db/faults";
import { recordAudit } from "@/db/queries/audit";
import { getCallMoment, listEventKeys } from "@/db/queries/events/read";
import { findReplayable, type Replayable, settleReplayed } from "@/db/queries/events/replay";
import type { CallFacts, Delivery, ToolCallFact } from "@/db/queries/record/facts";
import { recordEvents } from "@/db/queries/record/record-events";
import { announce } from "@/lib/alerts/server/notice";
import { updateAlerts } from "@/lib/alerts/server/update";
import type { By } from "@/lib/audit/audit";
import type { Replayed, ReplayFrom } from "@/lib/events/event";
import { problem } from "@/lib/http/server/http";
import { log } from "@/lib/log";
import { readMaskedKinds } from "@/lib/privacy/server/masking";
import { readUuid } from "@/lib/read-uuid";
import { boardChannel, callChannel } from "@/lib/realtime/push";
import { sendPushes } from "@/lib/realtime/server/send";
import type { SensitiveKind } from "@/lib/rules/sensitive-data";
import { toDelivery } from "@/lib/webhook/server/delivery";
import { findEvent } from "@/lib/webhook/server/registry";
import { toolRank } from "@/lib/webhook/server/tool-messages";

/** What is to be done: `delivery` null for what changes nothing. */
export interface Replay {
  outcome: Replayed["outcome"];
  issues: Replayed["issues"];
  delivery: Delivery | null;
}

/**
 * An event of the log through today's handler, as it would be joined today. Pure: nothing is answered anew, no tool runs; the
 * answer it was given then stands. What is kept is trimmed, so of what it states only what is not better known may join.
 */
export function toReplay(found: Replayable, masked: readonly SensitiveKind[]): Replay {
  const { event: row, call } = found;
  const wasRecorded = row.outcome === "recorded";
  const read = findEvent(row.type)?.read(row.message);
  if (!read) return nothing(wasRecorded ? "trimmed-away" : "still-unknown");
  if ("issues" in read) return nothing(wasRecorded ? "trimmed-away" : "still-malformed", read.issues);
  const { facts, ...delivery } = toDelivery(toEnvelope(row), read.event, null, row.answer, masked, {
    key: row.key,
    tookMs: row.tookMs ?? 0,
  });
  if (facts && !call && (wasRecorded || !row.callId)) return nothing("no-call");
  return {
    outcome: wasRecorded ? "joined-again" : "mended",
    issues: [],
    delivery: {
      ...delivery,
      // Its row is there, so the gate that keeps repetitions out is passed by.
      isLogged: false,
      callId: row.callId === row.conversationId ? null : (row.callId ?? call?.id ?? null),
      facts: facts && onlyWeaker(facts, found, wasRecorded),
    },
  };
}

function nothing(outcome: Replay["outcome"], issues: Replay["issues"] = []): Replay {
  return { outcome, issues, delivery: null };
}

function toEnvelope({ key: _, ...event }: Replayable["event"]) {
  return { ...event, stampMs: event.at.getTime(), cuts: [] };
}

/** Facts of a trimmed body that cannot take the place of better ones, nor be counted a second time. */
function onlyWeaker(
  { call, lines = [], toolCalls = [], report, ...rest }: NonNullable<Delivery["facts"]>,
  { call: known, hasReport, lineKeys }: Replayable,
  wasRecorded: boolean,
): NonNullable<Delivery["facts"]> {
  return {
    ...rest,
    call: { ...call, ...(wasRecorded && weaken(call)), createdAt: known?.createdAt ?? call.createdAt },
    lines: lines.filter(({ key }) => !lineKeys.has(key)),
    toolCalls: toolCalls.map(unlessAnswered),
    ...(report && !hasReport && { report }),
  };
}

/** A fact that was recorded in full ranks a moment higher than now, so it stands; a hang that was counted is not counted again. */
function weaken(call: CallFacts): CallFacts {
  const weaker = Object.entries(call).flatMap(([name, value]) =>
    name.endsWith("Rank") && typeof value === "number" ? [[name, value - 1]] : [],
  );
  return { ...Object.fromEntries(weaker), hangs: 0 };
}

/** One that was never answered by us must not outrank the answer a history tells of. */
function unlessAnswered(toolCall: ToolCallFact): ToolCallFact {
  const isAnswered = toolCall.result != null || toolCall.error != null;
  return isAnswered ? toolCall : { ...toolCall, rank: toolRank.asked };
}

export interface ReplayedEvent {
  replayed: Replayed;
  /** The call that was joined; null where nothing was. */
  callId: string | null;
}

/**
 * Reads one event of the log through today's code and joins what it states. Null when there is no such event (any more). One
 * that Postgres refuses for its content stays as it is.
 */
export async function replayEvent(db: Database, key: string): Promise<ReplayedEvent | null> {
  let type = "";
  const onType = (known: string) => {
    type = known;
  };
  try {
    return await db.$client.begin((client) => replayWithin(client, key, onType));
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    const issues = [{ path: "", message: reason }];
    return { replayed: { key, type, outcome: "still-malformed", issues }, callId: null };
  }
}

type Client = Parameters<Parameters<Database["$client"]["begin"]>[1]>[0];

async function replayWithin(
  client: Client,
  key: string,
  onType: (type: string) => void,
): Promise<ReplayedEvent | null> {
  const found = await findReplayable(client, key);
  if (!found) return null;
  onType(found.event.type);
  const { outcome, issues, delivery } = toReplay(found, await readMaskedKinds());
  const replayed = { key, type: found.event.type, outcome, issues };
  if (!delivery) return { replayed, callId: null };

  const callId = delivery.facts ? (found.event.callId ?? found.call?.id ?? null) : null;
  await recordEvents(client, [{ ...delivery, ...(callId && { placedIn: callId }) }]);
  await settleReplayed(client, key, callId);
  return { replayed, callId };
}

export interface ReplayedEvents {
  results: Replayed[];
  read: number;
  /** Tells whoever watches, and looks at the alerts anew. Never rejects. */
  later: Promise<void>;
}

/** One request reads no more, and takes up no more after so long. */
export const mostAtOnce = 50;
const mostMs = 2_000;

/**
 * Reads events of the log once more, one after the other; those that are gone meanwhile are left out. Stops early when it has
 * taken long: `read` says how many of the keys it came to.
 */
export async function replayEvents(db: Database, keys: readonly string[]): Promise<ReplayedEvents> {
  const deadline = Date.now() + mostMs;
  const results: Replayed[] = [];
  const callIds = new Set<string>();
  let read = 0;
  for (const key of keys.slice(0, mostAtOnce)) {
    if (read > 0 && Date.now() > deadline) break;
    read += 1;
    const done = await replayEvent(db, key);
    if (done) results.push(done.replayed);
    if (done?.callId) callIds.add(done.callId);
  }
  return { results, read, later: tell(db, [...callIds]) };
}

async function tell(db: Database, callIds: readonly string[]): Promise<void> {
  const pushes = callIds.flatMap((callId) =>
    [callChannel(callId), boardChannel].map((channel) => ({
      channel,
      push: { kind: "stale" as const, callId },
    })),
  );
  await Promise.all([sendPushes(pushes), ...callIds.map((callId) => lookAtAlerts(db, callId))]);
}

/** As of the call's own clock: what is long past must not look like silence. What is new is told of once, as ever. */
async function lookAtAlerts(db: Database, callId: string): Promise<void> {
  try {
    const at = await getCallMoment(db, callId);
    if (at) await announce(await updateAlerts(db, [{ callId, now: at }]));
  } catch (cause) {
    log("error", "alerts were not updated after a replay", { callId, error: cause });
  }
}

/** What is to be read once more: one event, or all of a call's in their order. */
type Asked = { eventKey: string } | { callId: string };

/**
 * Answers a request to replay: 200 `{ results, done, total, next }`, a result for each event. Of a long
 * call it reads a piece: `?after=<next>` reads on.
 */
export async function answerReplay(asked: Asked, { after: last }: ReplayFrom, by: By): Promise<Response> {
  const keys = await listKeys(asked);
  const from = last === undefined ? 0 : keys.indexOf(last) + 1;
  // The events before may be gone by retention; then it begins anew, and nothing is joined twice.
  if (last !== undefined && from === 0) return gone();
  const { results, read, later } = await replayEvents(db, keys.slice(from));
  after(later);
  if (keys.length === 0 || (results.length === 0 && from + read === keys.length && from === 0)) {
    return notFound(asked);
  }
  const mended = results.filter(({ outcome }) => outcome === "mended").length;
  await recordAudit(db, {
    ...by,
    action: "callId" in asked ? "call.replayed" : "event.replayed",
    target: "callId" in asked ? asked.callId : asked.eventKey,
    detail: { events: String(results.length), mended: String(mended) },
  });
  const done = from + read;
  const next = done < keys.length ? (keys[done - 1] ?? null) : null;
  return Response.json(
    { results, done, total: keys.length, next },
    { headers: { "cache-control": "no-store" } },
  );
}

async function listKeys(asked: Asked): Promise<string[]> {
  if ("callId" in asked) return listEventKeys(db, asked.callId);
  const key = readUuid(asked.eventKey);
  return key === null ? [] : [key];
}

function gone(): Response {
  return problem(
    409,
    "No longer there",
    "The event to continue from is no longer stored. Start over: finished work is kept.",
  );
}

function notFound(asked: Asked): Response {
  if ("callId" in asked) return problem(404, "No events", "The event log has no events of this call.");
  return problem(404, "No such event", "It never arrived, or is no longer stored.");
}
