import "server-only";
import type { Delivery, Facts } from "@/db/facts";
import type { Recorded } from "@/db/queries/record-events";
import type { CallRow } from "@/db/schema/calls";
import { toCall, toPartials } from "@/db/to-call";
import { toHeardLine, toMark, toToolCall } from "@/db/to-rows";
import type { PartialLine } from "@/lib/calls/line";
import { boardChannel, callChannel } from "@/lib/realtime/channels";
import type { Addressed } from "@/lib/realtime/coalesce";
import type { Added } from "@/lib/realtime/push";

/** Who is told what of a delivery that was recorded. Nobody of a duplicate. */
export function toPushes(delivery: Delivery, { isFresh, call: row, adopted }: Recorded): Addressed[] {
  if (!isFresh || !row || !delivery.facts) return [];
  const channel = callChannel(row.id);
  if (!delivery.isLogged) {
    return toSpoken(delivery.facts, row).map((partial) => ({
      channel,
      push: { kind: "partial", callId: row.id, partial },
      callerName: row.customerName,
    }));
  }
  const call = toCall(row);
  const push = { kind: "call", call, previousVersion: call.version - 1 } as const;
  // Events that named no call have moved to this one: the row they stood in for is gone.
  const moved: Addressed[] = adopted
    ? [{ channel: boardChannel, push: { kind: "stale", callId: row.conversationId } }]
    : [];
  return [
    { channel: boardChannel, push },
    {
      channel,
      push: adopted ? { kind: "stale", callId: row.id } : { ...push, added: toAdded(delivery.facts, row) },
    },
    ...moved,
  ];
}

/** Of what is being said now, what this delivery has told of: the other voice's words have been pushed before. */
function toSpoken({ call }: Facts, row: CallRow): PartialLine[] {
  const told = { user: call?.partialUserText, assistant: call?.partialAssistantText };
  return toPartials(row).filter(({ role }) => told[role]);
}

function toAdded(facts: Facts, { startedAt }: CallRow): Added {
  return {
    lines: (facts.lines ?? []).map((line) => toHeardLine(line, startedAt)),
    marks: (facts.marks ?? []).map(toMark),
    toolCalls: (facts.toolCalls ?? []).map(toToolCall),
  };
}
