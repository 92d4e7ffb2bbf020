import "server-only";
import { db } from "@/db/client";
import { readHangSigns } from "@/db/queries/calls/lines";
import { noSigns, toCall, toMark, toPartials, toSourceLine, toToolCall } from "@/db/queries/calls/rows";
import { getConversation, listCallerNames } from "@/db/queries/conversations/read";
import type { Delivery, Facts } from "@/db/queries/record/facts";
import type { Recorded } from "@/db/queries/record/record-events";
import type { CallRow } from "@/db/schema/calls";
import type { Alert } from "@/lib/alerts/alert";
import type { PartialLine } from "@/lib/calls/line";
import type { OperatorAction } from "@/lib/control/action";
import type { Incident } from "@/lib/incidents/incident";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
import { type Added, boardChannel, callChannel, conversationChannel } from "@/lib/realtime/push";
import type { Addressed } from "@/lib/realtime/server/pack";
import { sendPushes, sendRow } from "@/lib/realtime/server/send";
import { isStated } from "@/lib/webhook/rank";

/** Batches reads that every event of a call with hangs makes: otherwise a slow database would tie up the whole pool. */
const readSignsTogether = createKeyedBatcher({
  work: async (rows: CallRow[]) => {
    const signsOf = await readHangSigns(db, rows);
    return rows.map(({ id }) => signsOf(id));
  },
  keyOf: ({ id }) => id,
  join: (waiting) => waiting,
});

/** Publishes a recorded delivery to the pages that show it. A duplicate is not published. */
async function publishRecorded(
  { facts, isLogged }: Delivery,
  { call: row, adopted }: Recorded,
): Promise<void> {
  if (!row || !facts) return;
  const channel = callChannel(row.id);
  if (!isLogged) {
    return sendPushes(
      toSpoken(facts, row).map((partial) => ({
        channel,
        push: { kind: "partial", callId: row.id, partial },
        callerNames: [row.customerName],
      })),
    );
  }
  const call = toCall(row, row.hangs > 0 ? await readSignsTogether(row) : noSigns);
  const push = { kind: "call", call, previousVersion: call.version - 1 } as const;
  if (adopted) {
    // Events that named no call have been moved to this one: the row that stood in for it is gone.
    const stale = [
      { channel: boardChannel, callId: row.conversationId },
      { channel, callId: row.id },
    ].map(({ channel, callId }) => ({ channel, push: { kind: "stale" as const, callId } }));
    return sendPushes([{ channel: boardChannel, push }, ...stale]);
  }
  const own: Addressed = { channel, push: { ...push, added: toAdded(facts, row) } };
  if (isOfState(facts, row)) return sendPushes([{ channel: boardChannel, push }, own]);
  await Promise.all([sendPushes([own]), sendRow(push)]);
}

/** Whether a call appeared, changed its state or ended. Alerts have pushes of their own. */
function isOfState({ call, report }: NonNullable<Delivery["facts"]>, row: CallRow): boolean {
  return row.version === 1 || isStated(call.statusRank) || Boolean(call.endedAt) || report !== undefined;
}

/** The partials that this delivery brought: the other voice's have been pushed before. */
function toSpoken({ call }: Facts, row: CallRow): PartialLine[] {
  const updated = { user: call?.partialUserText, assistant: call?.partialAssistantText };
  return toPartials(row).filter(({ role }) => updated[role]);
}

function toAdded(facts: Facts, { startedAt }: CallRow): Added {
  return {
    lines: (facts.lines ?? []).map((line) => toSourceLine(line, startedAt)),
    marks: (facts.marks ?? []).map(toMark),
    toolCalls: (facts.toolCalls ?? []).map(toToolCall),
  };
}

/** Pushes a recorded delivery to open pages. Resolves when it was sent, or could not be; never rejects. */
export async function publish(delivery: Delivery, recorded: Recorded): Promise<void> {
  try {
    await publishRecorded(delivery, recorded);
  } catch (cause) {
    // Pages notice the gap with the next push and refetch.
    logRepeated("warn", "a call's change was not published", {
      callId: recorded.call?.id ?? null,
      error: cause,
    });
  }
}

/** Pushes an operator's action to the board and to the call's page. Never rejects. */
export function publishAction(action: OperatorAction, callerName: string | null): Promise<void> {
  return sendPushes(
    [boardChannel, callChannel(action.callId)].map((channel) => ({
      channel,
      push: { kind: "operator-action" as const, action },
      callerNames: [callerName],
    })),
  );
}

/** Pushes changed alerts to the board and to their calls' pages. Never rejects. */
export function publishAlerts(alerts: readonly Alert[]): Promise<void> {
  return sendPushes(
    alerts.flatMap((alert) =>
      [boardChannel, callChannel(alert.callId)].map((channel) => ({
        channel,
        push: { kind: "alert" as const, alert },
      })),
    ),
  );
}

/** Pushes changed incidents to the board. Never rejects. */
export function publishIncidents(incidents: readonly Incident[]): Promise<void> {
  return sendPushes(
    incidents.map((incident) => ({
      channel: boardChannel,
      push: { kind: "incident" as const, incident },
    })),
  );
}

/** Makes the board refetch what changed but has no push of its own, by its id. Never rejects. */
export function publishStale(id: string): Promise<void> {
  return sendPushes([{ channel: boardChannel, push: { kind: "stale", callId: id } }]);
}

/**
 * Pushes a changed conversation to its own page and to those of its calls. Must be called after its context or name has
 * been saved. Never rejects.
 */
export async function publishConversation(uuid: string): Promise<void> {
  try {
    const [found, names] = await Promise.all([getConversation(db, uuid), listCallerNames(db, uuid)]);
    const conversation = found && {
      uuid: found.uuid,
      name: found.name,
      context: found.context,
      version: found.version,
    };
    const push = { kind: "conversation" as const, uuid, conversation };
    await sendPushes([{ channel: conversationChannel(uuid), push, callerNames: names }]);
  } catch (cause) {
    logRepeated("warn", "a conversation's change was not published", { error: cause });
  }
}

/** Makes pages of deleted calls refetch, so that they find nothing. Never rejects. */
export function publishDeletions(callIds: readonly string[]): Promise<void> {
  return sendPushes(
    callIds.map((callId) => ({ channel: callChannel(callId), push: { kind: "stale" as const, callId } })),
  );
}
