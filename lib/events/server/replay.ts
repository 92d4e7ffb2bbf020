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

/** Result of reading an event again; `delivery` is null if nothing is to be recorded. */
export interface Replay {
  outcome: Replayed["outcome"];
  issues: Replayed["issues"];
  delivery: Delivery | null;
}

/**
 * Runs a stored event through the current handler. Pure: no response is computed and no tool runs; the stored answer
 * stays. The stored body is trimmed, so only facts that are not already better known are recorded.
 */
function toReplay(found: Replayable, masked: readonly SensitiveKind[]): Replay {
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
      // The event's row exists, so the duplicate check must be skipped.
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

/** Keeps only facts of a trimmed body that neither replace better ones nor count twice. */
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

/** Lowers ranks by one, so that facts recorded in full win, and drops hangs, which are already counted. */
function weaken(call: CallFacts): CallFacts {
  const weaker = Object.entries(call).flatMap(([name, value]) =>
    name.endsWith("Rank") && typeof value === "number" ? [[name, value - 1]] : [],
  );
  return { ...Object.fromEntries(weaker), hangs: 0 };
}

/** A tool call that Earshot did not answer must not outrank a result from the call's history. */
function unlessAnswered(toolCall: ToolCallFact): ToolCallFact {
  const isAnswered = toolCall.result != null || toolCall.error != null;
  return isAnswered ? toolCall : { ...toolCall, rank: toolRank.asked };
}

interface ReplayedEvent {
  replayed: Replayed;
  /** The call that was updated; null if none. */
  callId: string | null;
}

/**
 * Re-processes one stored event with the current code and records its facts. Null if the event does not exist (any
 * more). An event whose content PostgreSQL rejects stays unchanged.
 */
export async function replayEvent(db: Database, key: string): Promise<ReplayedEvent | null> {
  let type = "";
  const onType = (known: string) => {
    type = known;
  };
  const masked = await readMaskedKinds();
  try {
    return await db.$client.begin((client) => replayWithin(client, key, masked, onType));
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
  masked: readonly SensitiveKind[],
  onType: (type: string) => void,
): Promise<ReplayedEvent | null> {
  const found = await findReplayable(client, key);
  if (!found) return null;
  onType(found.event.type);
  const { outcome, issues, delivery } = toReplay(found, masked);
  const replayed = { key, type: found.event.type, outcome, issues };
  if (!delivery) return { replayed, callId: null };

  const callId = delivery.facts ? (found.event.callId ?? found.call?.id ?? null) : null;
  await recordEvents(client, [{ ...delivery, ...(callId && { placedIn: callId }) }]);
  await settleReplayed(client, key, callId);
  return { replayed, callId };
}

interface ReplayedEvents {
  results: Replayed[];
  read: number;
  /** Notifies viewers and rechecks alerts. Never rejects. */
  later: Promise<void>;
}

/** Limits of one request: events read, and time after which no further event is started. */
export const mostAtOnce = 50;
const mostMs = 2_000;

/**
 * Re-processes stored events one by one, skipping those deleted in the meantime. Stops early after `mostMs`; `read` is
 * the number of keys it got through.
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
  return { results, read, later: publishReplayed(db, [...callIds]) };
}

async function publishReplayed(db: Database, callIds: readonly string[]): Promise<void> {
  const pushes = callIds.flatMap((callId) =>
    [callChannel(callId), boardChannel].map((channel) => ({
      channel,
      push: { kind: "stale" as const, callId },
    })),
  );
  await Promise.all([sendPushes(pushes), ...callIds.map((callId) => recheckAlerts(db, callId))]);
}

/** Uses the call's own clock, so that a past call does not look silent. New alerts are announced once, as usual. */
async function recheckAlerts(db: Database, callId: string): Promise<void> {
  try {
    const at = await getCallMoment(db, callId);
    if (at) await announce(await updateAlerts(db, [{ callId, now: at }]));
  } catch (cause) {
    log("error", "alerts were not updated after a replay", { callId, error: cause });
  }
}

/** The events to re-process: one, or all of a call in order. */
type Asked = { eventKey: string } | { callId: string };

/**
 * Responds to a replay request: 200 `{ results, done, total, next }` with one result per event. A long call takes
 * several requests; continue with `?after=<next>`.
 */
export async function answerReplay(asked: Asked, { after: last }: ReplayFrom, by: By): Promise<Response> {
  const keys = await listKeys(asked);
  const from = last === undefined ? 0 : keys.indexOf(last) + 1;
  // Retention may have deleted the last event read. The client then starts over; nothing is recorded twice.
  if (last !== undefined && from === 0) return gone();
  const { results, read, later } = await replayEvents(db, keys.slice(from));
  after(later);
  if (keys.length === 0 || (results.length === 0 && from + read === keys.length && from === 0)) {
    return notFound(asked);
  }
  const recognized = results.filter(({ outcome }) => outcome === "mended").length;
  await recordAudit(db, {
    ...by,
    action: "callId" in asked ? "call.replayed" : "event.replayed",
    target: "callId" in asked ? asked.callId : asked.eventKey,
    detail: { events: String(results.length), mended: String(recognized) },
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
    "Event no longer stored",
    "The event to continue from is no longer stored. Start over: finished work is kept.",
  );
}

function notFound(asked: Asked): Response {
  if ("callId" in asked) return problem(404, "No events", "The event log has no events of this call.");
  return problem(404, "No such event", "It never arrived, or is no longer stored.");
}
