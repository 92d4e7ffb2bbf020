import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { assignRules, type JoinRules } from "@/db/queries/record/join-rows";
import { columnName } from "@/db/rows";
import { calls } from "@/db/schema/calls";

type CallColumn = Exclude<keyof typeof calls.$inferSelect, "id" | "conversationId">;

/** The distance between ranks, as in lib/webhook/rank.ts. */
const rankStep = 1e14;

/** Columns set by one fact, by the column that ranks it. */
const ranked: Record<string, CallColumn[]> = {
  statusRank: ["status"],
  originRank: ["type", "metadata"],
  customerRank: ["customerNumber"],
  customerNameRank: ["customerName"],
  phoneNumberRank: ["phoneNumber", "phoneNumberId"],
  assistantRank: ["assistantId"],
  assistantNameRank: ["assistantName"],
  assistantVersionRank: ["assistantVersion"],
  startedRank: ["startedAt"],
  endedRank: ["endedAt"],
  endedReasonRank: ["endedReason"],
  costRank: ["costUsd"],
  lastLineRank: ["lastLineRole", "lastLineText"],
  partialUserRank: ["partialUserText"],
  partialAssistantRank: ["partialAssistantText"],
  lastToolRank: ["lastToolName"],
};

const latest: CallColumn[] = [
  "userFinalAt",
  "assistantFinalAt",
  "userStartedAt",
  "userStoppedAt",
  "assistantStartedAt",
  "assistantStoppedAt",
  "assistantSpokeAt",
  "hangAt",
  "alertedAt",
  "checkedAt",
  "lastEventAt",
  "maxSeconds",
];

const earliest: CallColumn[] = ["createdAt"];

/** Summed; safe because a repeated delivery never gets this far. */
const counted: CallColumn[] = ["hangs", "version"];

/**
 * Merges the stored row (`c`) with the incoming one (`excluded`): highest rank, latest, earliest. Each rule is commutative,
 * associative and idempotent, so order and repetition of deliveries do not matter. `greatest` and `least` ignore nulls.
 */
export function callRules(): JoinRules {
  return new Map([
    ...Object.entries(ranked).flatMap(([by, values]) => strongest(by as CallColumn, values)),
    ...latest.map((column) => rule(column, (old, fresh) => sql`greatest(${old},${fresh})`)),
    ...earliest.map((column) => rule(column, (old, fresh) => sql`least(${old},${fresh})`)),
    ...counted.map((column) => rule(column, (old, fresh) => sql`${old}+${fresh}`)),
    // Any later event makes the archive's document outdated.
    rule("documentedVersion", () => sql`null`),
    // A process may die before it has checked the changed call for alerts.
    rule("judgedVersion", () => sql`null`),
  ]);
}

/** The `SET …` of an upsert on `calls as c`. */
export function mergeCall(): SQL {
  return assignRules(callRules());
}

/**
 * Of two facts of equal rank, the greater value wins, so that both orders give the same result. A delivery without a rank
 * states nothing.
 */
function strongest(by: CallColumn, values: CallColumn[]): [string, SQL][] {
  const [was, is] = [stored(by), fresh(by)];
  const pick = (old: SQL, next: SQL) =>
    sql`case when ${is} is null or ${is}<${was} then ${old} when ${is}=${was} then greatest(${old},${next}) else ${next} end`;
  return [
    ...values.map((value) => rule(value, (old, next) => unlessTakenBack(value, pick(old, next)))),
    rule(by, (old, next) => sql`greatest(${old},${next})`),
  ];
}

/**
 * A call that was presumed over (lib/tick/server/stale-calls.ts) continues when a later event arrives. The presumption has
 * ranks of its own, which contain its time, and whether an event is later is decided from merged columns alone, so order does
 * not matter.
 */
function unlessTakenBack(column: CallColumn, joined: SQL): SQL {
  const [reasonMs, endMs] = [closedMs("endedReasonRank", -1), closedMs("endedRank", -2)];
  const lastMs = sql`extract(epoch from ${greater("lastEventAt")})*1000`;
  if (column === "status")
    return sql`case when ${reasonMs}<${lastMs} and ${greater("statusRank")}=${reasonMs} then 'in-progress' else ${joined} end`;
  if (column === "endedReason") return sql`case when ${reasonMs}<${lastMs} then null else ${joined} end`;
  return column === "endedAt" ? sql`case when ${endMs}<${lastMs} then null else ${joined} end` : joined;
}

/** When the call was presumed over, in epoch ms, read from the presumption's rank; null when it was not. */
function closedMs(by: CallColumn, rank: number): SQL {
  const floor = sql.raw(String(rank * rankStep));
  return sql`case when ${greater(by)}<${sql.raw(String((rank + 0.5) * rankStep))} then ${greater(by)}-(${floor}) end`;
}

const greater = (column: CallColumn) => sql`greatest(${stored(column)},${fresh(column)})`;

/** Unquoted, to keep the statement short: it is hashed on every execution. */
const name = (column: CallColumn) => columnName(getTableColumns(calls)[column]);
const stored = (column: CallColumn) => sql.raw(`c.${name(column)}`);
const fresh = (column: CallColumn) => sql.raw(`excluded.${name(column)}`);

function rule(column: CallColumn, join: (old: SQL, next: SQL) => SQL): [string, SQL] {
  return [name(column), join(stored(column), fresh(column))];
}
