import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
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
  "lastEventAt",
];

const earliest: CallColumn[] = ["createdAt"];

/** Added up; safe because a repeated delivery never gets this far. */
const counted: CallColumn[] = ["hangs", "version"];

/**
 * `SET …` of an upsert on `calls`: joins the row that is there with the row that comes (`excluded`).
 * Each rule is commutative, associative and idempotent, so order and repetition of deliveries do not matter:
 * strongest witness, latest, earliest. `greatest` and `least` ignore nulls.
 */
export function mergeCall(): SQL {
  const columns = getTableColumns(calls);
  const rules = [
    ...Object.entries(witnessed).flatMap(([by, values]) => strongest(columns, by as CallColumn, values)),
    ...latest.map((key) => assign(columns[key], (old, fresh) => sql`greatest(${old}, ${fresh})`)),
    ...earliest.map((key) => assign(columns[key], (old, fresh) => sql`least(${old}, ${fresh})`)),
    ...counted.map((key) => assign(columns[key], (old, fresh) => sql`${old} + ${fresh}`)),
  ];
  return sql.join(rules, sql`, `);
}

function strongest(columns: Record<CallColumn, PgColumn>, by: CallColumn, values: CallColumn[]): SQL[] {
  const record = (row: SQL) =>
    sql`row(${sql.join(
      values.map((key) => field(row, columns[key])),
      sql`, `,
    )})::text`;
  const [was, is] = [field(stored, columns[by]), field(fresh, columns[by])];
  // Two equally strong witnesses who disagree: the greater text, so that both orders end alike.
  const wins = sql`(${was} is null or ${is} > ${was} or (${is} = ${was} and ${record(fresh)} > ${record(stored)}))`;
  return [...values, by].map((key) =>
    assign(columns[key], (old, next) => sql`case when ${wins} then ${next} else ${old} end`),
  );
}

const stored = sql`${calls}`;
const fresh = sql.raw("excluded");

function field(row: SQL, column: PgColumn): SQL {
  return sql`${row}.${sql.identifier(columnName(column))}`;
}

function assign(column: PgColumn, rule: (old: SQL, next: SQL) => SQL): SQL {
  const name = sql.identifier(columnName(column));
  return sql`${name} = ${rule(field(stored, column), field(fresh, column))}`;
}
