import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { columnName } from "@/db/column-name";

/**
 * The inverse of `toRecord`: a row that Postgres wrote as JSON (`to_jsonb(row)`) as Drizzle would have read it.
 * The one cast is here: the record came from this very table.
 */
export function fromRecord<T extends PgTable>(table: T, record: Record<string, unknown>): T["$inferSelect"] {
  const row: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(getTableColumns(table))) {
    const value = record[columnName(column)] ?? null;
    row[key] = column.dataType === "date" && typeof value === "string" ? new Date(value) : value;
  }
  return row as T["$inferSelect"];
}
