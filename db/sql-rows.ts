import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { columnName } from "@/db/column-name";

/** All columns of a table by their bare names: `"call_id", "key", …`, for `insert into` and its `select`. */
export function columnList(table: PgTable): SQL {
  const columns = Object.values(getTableColumns(table));
  return sql.join(
    columns.map((column) => sql.identifier(columnName(column))),
    sql`, `,
  );
}

/** The rows of a JSON array, typed as the table's; none when it is null. */
export function rowsOf(table: PgTable, json: string): SQL {
  return sql`jsonb_populate_recordset(null::${table}, ${sql.identifier(json)}) r`;
}

/** A JSON object as one row, typed as the table's; a row of nulls when it is null. */
export function rowOf(table: PgTable, json: string): SQL {
  return sql`jsonb_populate_record(null::${table}, ${sql.identifier(json)}) r`;
}

/** `"a" = excluded."a", …` for every column named. */
export function takeExcluded(columns: string[]): SQL {
  return sql.join(
    columns.map((name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`),
    sql`, `,
  );
}
