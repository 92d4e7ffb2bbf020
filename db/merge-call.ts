import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { columnName } from "@/db/column-name";
import { calls } from "@/db/schema/calls";

type CallColumn = Exclude<keyof typeof calls.$inferSelect, "id" | "conversationId">;

/** Columns that come from one witness, and the column that says how strong it was. */
const witnessed: Record<string, CallColumn[]> = {
  statusWitness: ["status"],
  originWitness: ["type", "metadata"],
  customerWitness: ["customerNumber", "customerName"],
  phoneNumberWitness: ["phoneNumber", "phoneNumberId"],
  assistantWitness: ["assistantId", "assistantName", "assistantVersion"],
  startedWitness: ["startedAt"],
  endedWitness: ["endedAt"],
  endedReasonWitness: ["endedReason"],
  costWitness: ["costUsd"],
  lastLineWitness: ["lastLineRole", "lastLineText"],
  partialUserWitness: ["partialUserText"],
  partialAssistantWitness: ["partialAssistantText"],
  lastToolWitness: ["lastToolName"],
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

/** Added up; safe because a repeated delivery never gets this far. */
const counted: CallColumn[] = ["hangs", "version"];

/**
 * `SET …` of an upsert on `calls as c`: joins the row that is there (`c`) with the row that comes (`excluded`).
 * Each rule is commutative, associative and idempotent, so order and repetition of deliveries do not matter:
 * strongest witness, latest, earliest. `greatest` and `least` ignore nulls.
 */
export function mergeCall(): SQL {
  const rules = [
    ...Object.entries(witnessed).flatMap(([by, values]) => strongest(by as CallColumn, values)),
    ...latest.map((column) => assign(column, (old, fresh) => sql`greatest(${old},${fresh})`)),
    ...earliest.map((column) => assign(column, (old, fresh) => sql`least(${old},${fresh})`)),
    ...counted.map((column) => assign(column, (old, fresh) => sql`${old}+${fresh}`)),
    // What comes after the document makes it one of yesterday.
    sql`documented_version=null`,
  ];
  return sql.join(rules, sql`,`);
}

/** Of two equally strong witnesses who disagree, the greater value stands: both orders end alike. */
function strongest(by: CallColumn, values: CallColumn[]): SQL[] {
  const [was, is] = [stored(by), fresh(by)];
  const pick = (old: SQL, next: SQL) =>
    sql`case when ${was} is null or ${is}>${was} then ${next} when ${is}=${was} then greatest(${old},${next}) else ${old} end`;
  return [
    ...values.map((value) => assign(value, pick)),
    assign(by, (old, next) => sql`greatest(${old},${next})`),
  ];
}

/** Names are safe to write bare, which keeps the statement short: it is hashed whenever it is run. */
const name = (column: CallColumn) => columnName(getTableColumns(calls)[column]);
const stored = (column: CallColumn) => sql.raw(`c.${name(column)}`);
const fresh = (column: CallColumn) => sql.raw(`excluded.${name(column)}`);

function assign(column: CallColumn, rule: (old: SQL, next: SQL) => SQL): SQL {
  return sql`${sql.raw(name(column))}=${rule(stored(column), fresh(column))}`;
}
