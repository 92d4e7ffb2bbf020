import "server-only";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/faults";
import type { Delivery } from "@/db/queries/record/facts";
import { recordDelivery } from "@/db/queries/record/record-delivery";
import { claimStaleCalls } from "@/db/queries/tick";
import type { CallRow } from "@/db/schema/calls";
import { toReportMessage } from "@/lib/imports/server/import";
import { logRepeated } from "@/lib/log-repeated";
import { workApart } from "@/lib/tick/server/work-apart";
import { canAskVapi, getVapiCall } from "@/lib/vapi/server/client";
import { newest } from "@/lib/webhook/rank";
import { eventKey, readEnvelope } from "@/lib/webhook/server/envelope";
import { Later, notifyAfterRecord, receiveEvent } from "@/lib/webhook/server/receive-event";

const type = "earshot.lost-contact";

/**
 * Closes a call that will get no more events, 1 ms after its last one. Uses the weakest rank, so that anything Vapi
 * still sends about the end replaces it, and any later event reopens the call (db/queries/record/merge-call.ts).
 */
export async function closeLostCall(db: Database, call: CallRow): Promise<void> {
  const delivery = toDelivery(call, new Date(call.lastEventAt.getTime() + 1));
  await notifyAfterRecord(delivery, await recordDelivery(db, delivery));
}

function toDelivery(call: CallRow, at: Date): Delivery {
  const about = { conversationId: call.conversationId, callId: call.id };
  return {
    event: {
      key: eventKey({ ...about, type, stampMs: at.getTime(), identity: "" }),
      type,
      outcome: "recorded",
      at,
      receivedAt: new Date(),
      bytes: 0,
      isFetched: true,
      message: { lastEventAt: call.lastEventAt.toISOString() },
    },
    ...about,
    isLogged: true,
    facts: {
      call: {
        createdAt: call.createdAt,
        lastEventAt: at,
        status: "ended",
        statusRank: newest(at),
        endedAt: at,
        endedRank: newest(at, -2),
        endedReason: "lost-contact",
        endedReasonRank: newest(at, -1),
      },
    },
  };
}

/**
 * Records a call from Vapi's API with the same handlers as the webhook: an ended call as its report, any other as a
 * status update. Timestamps are the call's own, so the real events are newer and win if they still arrive.
 * @param call the stored call; null if it is unknown
 */
export async function recordVapiCall(
  known: Vapi.Call,
  call: Pick<CallRow, "conversationId" | "status"> | null,
): Promise<void> {
  const message = toMessage(known, call?.status ?? null);
  if (!message) return;
  const envelope = readEnvelope({
    body: new TextEncoder().encode(JSON.stringify({ message })),
    conversationUuid: call?.conversationId ?? null,
    headers: new Headers(),
    receivedAt: new Date(),
    isFetched: true,
  });
  if (!envelope) throw new Error("A message built from Vapi's API is not one its webhook could have sent.");
  const later = new Later();
  await receiveEvent(envelope, later);
  await later.done();
}

function toMessage(known: Vapi.Call, status: string | null): Record<string, unknown> | null {
  if (known.status === "ended") {
    return toReportMessage(known);
  }
  if (!known.status || known.status === status) return null;
  return { type: "status-update", status: known.status, timestamp: known.updatedAt, call: known };
}

/** Assumed if the assistant has no maximum duration. */
const usualMaxSeconds = 3_600;
const marginMs = 5 * 60_000;

/**
 * Checks live calls that have had no event for minutes, because Vapi sends each event only once and some get lost. Asks
 * Vapi; without an API key, a call that has exceeded its maximum duration is closed as lost.
 */
export async function checkStaleCalls(db: Database, now = new Date()): Promise<void> {
  const stale = new Map((await claimStaleCalls(db)).map((call) => [call.id, call]));
  await workApart(db, "stale-calls", [...stale.keys()], 1, async ([callId]) => {
    const call = callId === undefined ? undefined : stale.get(callId);
    // A call that was set aside but is no longer stale has had an event since.
    if (call) await check(db, call, now);
  });
}

async function check(db: Database, call: CallRow, now: Date): Promise<void> {
  try {
    await ((await canAskVapi()) ? askVapi(db, call) : closeIfOutlived(db, call, now));
  } catch (cause) {
    if (readContentFault(cause) !== null) throw cause;
    // Checked again in some minutes.
    logRepeated("warn", "a stale call could not be checked", { callId: call.id, error: cause });
  }
}

async function askVapi(db: Database, call: CallRow): Promise<void> {
  const known = await getVapiCall(call.id);
  await (known ? recordVapiCall(known, call) : closeLostCall(db, call));
}

async function closeIfOutlived(db: Database, call: CallRow, now: Date): Promise<void> {
  const begun = call.startedAt ?? call.createdAt;
  const lastsUntil = begun.getTime() + (call.maxSeconds ?? usualMaxSeconds) * 1000 + marginMs;
  if (now.getTime() > lastsUntil) await closeLostCall(db, call);
}
