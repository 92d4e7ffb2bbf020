import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { columnName } from "@/db/column-name";

const names = new WeakMap<PgTable, Map<string, string>>();

/**
 * A row as JSON that `jsonb_populate_record(null::table, …)` understands: keys are the database's column names,
 * values as JSON writes them (a Date becomes its ISO string). Keys that are no column are left out.
 */
export function toRecord(table: PgTable, row: object): Record<string, unknown> {
  const known = columnNames(table);
  const record: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) {
    const name = known.get(key);
    if (name !== undefined) record[name] = value;
  }
  return record;
}

function columnNames(table: PgTable): Map<string, string> {
  let known = names.get(table);
  if (!known) {
    known = new Map(Object.entries(getTableColumns(table)).map(([key, column]) => [key, columnName(column)]));
    names.set(table, known);
  }
  return known;
}
