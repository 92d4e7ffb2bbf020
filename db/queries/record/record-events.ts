import "server-only";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import type { Delivery } from "@/db/queries/record/facts";
import { recordStatement } from "@/db/queries/record/record-statement";
import { fromRecord, toRecord } from "@/db/rows";
import { type CallRow, calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { callMonitors } from "@/db/schema/control";
import { events } from "@/db/schema/events";
import { reports } from "@/db/schema/reports";
import { runStored } from "@/db/stored-statement";
import { stringifyJson } from "@/lib/lossless-json";
import { parseJson } from "@/lib/parse-json";

export interface Recorded {
  /** False for a duplicate: it was counted, and nothing else changed. */
  isFresh: boolean;
  /** The call after this delivery; null when it has none, or was a duplicate. */
  call: CallRow | null;
  /** The conversation's shared context; null without a conversation. */
  context: Record<string, unknown> | null;
  /** True when events without a call wait for this one, the newest of its conversation. */
  hasOrphans: boolean;
  /** True when such events have moved to this call. */
  adopted: boolean;
  /** Why it was stored as malformed, if Postgres refused its facts. */
  refusal?: string;
}

interface Answer {
  isFresh: boolean;
  call: Record<string, unknown> | null;
  context: Record<string, unknown> | null;
  hasOrphans: boolean;
}

/** A delivery, with the call it belongs to if it names none itself. */
export type Placed = Delivery & { placedIn?: string };

/** A delivery as the JSON the statement takes. */
export function writeDelivery(delivery: Placed): string {
  return toStorable(stringifyJson(toStatementRow(delivery)));
}

/**
 * Records deliveries, also several of one call or event, and returns what each changed. Deliveries of one call all get the
 * call as the last of them left it, each with its own version.
 *
 * @param written the deliveries as JSON, by `writeDelivery`
 * @throws postgres.PostgresError or a connection error; then nothing at all was stored
 */
export async function recordEvents(
  client: Pick<Database["$client"], "unsafe">,
  deliveries: readonly Placed[],
  written: readonly string[] = deliveries.map(writeDelivery),
): Promise<Recorded[]> {
  const owners = new Set(deliveries.map(({ placedIn, callId, event }) => placedIn ?? callId ?? event.key));
  const statement = recordStatement(owners.size < deliveries.length);
  const answers = await runStored<Answer>(client, statement, `[${written.join(",")}]`);
  return toRecorded(deliveries, answers);
}

/** Goes backwards: the last delivery of a call has its row, and each earlier one the version before. */
function toRecorded(deliveries: readonly Placed[], answers: readonly Answer[]): Recorded[] {
  const rows = new Map<string, CallRow>();
  const recorded: Recorded[] = [];
  for (const [index, answer] of [...answers.entries()].reverse()) {
    const { placedIn, callId, facts, isLogged } = deliveries[index] ?? {};
    if (answer.call) rows.set(String(answer.call.id), fromRecord(calls, answer.call));
    const call = (answer.isFresh && facts && rows.get(placedIn ?? callId ?? "")) || null;
    if (call && isLogged) rows.set(call.id, { ...call, version: call.version - 1 });
    recorded.push({ ...answer, call, adopted: false });
  }
  return recorded.reverse();
}

/** Incoming text is already clean; this cleans text in our own answers, such as that of an HTTP endpoint. */
function toStorable(json: string): string {
  return /\\u(?:0000|d[89a-f])/.test(json) ? stringifyJson(parseJson(json).value) : json;
}

function toStatementRow(delivery: Placed) {
  const {
    event,
    conversationId,
    callId: named,
    placedIn,
    isLogged,
    isPostscript = false,
    facts,
    monitor,
  } = delivery;
  const callId = placedIn ?? named;
  const about = (table: PgTable, rows: object[] | undefined) =>
    rows?.map((row) => toRecord(table, { ...row, callId }));
  const call = facts && { hangs: 0, ...facts.call, id: callId, conversationId, version: isLogged ? 1 : 0 };
  return {
    in_conversation: conversationId,
    of_call: callId,
    named_call: isPostscript ? null : facts && named,
    called_at: isPostscript ? null : facts?.call.createdAt,
    event_key: event.key,
    logged: isLogged,
    postscript: isPostscript,
    event_row: isLogged
      ? toRecord(events, { repeats: 0, isFetched: false, ...event, callId, conversationId })
      : null,
    call_row: call && toRecord(calls, call),
    line_rows: about(lines, facts?.lines),
    mark_rows: about(marks, facts?.marks),
    tool_rows: about(toolCalls, facts?.toolCalls),
    report_row: facts?.report && toRecord(reports, { ...facts.report, callId }),
    monitor_row: monitor && toRecord(callMonitors, { ...monitor, callId }),
  };
}
