import { type Column, getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { columnName } from "@/db/column-name";

const readers = new WeakMap<PgTable, [key: string, name: string, column: Column][]>();

/**
 * The inverse of `toRecord`: a row that Postgres wrote as JSON (`to_jsonb(row)`) as Drizzle would have read it.
 * The one cast is here: the record came from this very table.
 */
export function fromRecord<T extends PgTable>(table: T, record: Record<string, unknown>): T["$inferSelect"] {
  const row: Record<string, unknown> = {};
  for (const [key, name, column] of readersOf(table)) {
    const value = record[name] ?? null;
    row[key] = column.dataType === "date" && typeof value === "string" ? new Date(value) : value;
  }
  return row as T["$inferSelect"];
}

function readersOf(table: PgTable) {
  let known = readers.get(table);
  if (!known) {
    known = Object.entries(getTableColumns(table)).map(([key, column]) => [key, columnName(column), column]);
    readers.set(table, known);
  }
  return known;
}
