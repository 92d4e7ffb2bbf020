import { type Column, getTableColumns, type SQL, sql } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

const casing = new CasingCache("snake_case");

/** The name of a column in the database (`customer_number`) from its place in the schema (`customerNumber`). */
export function columnName(column: Column): string {
  return casing.getColumnCasing(column);
}

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

/**
 * The order our indexes with `.desc()` are made in: Drizzle makes them `desc nulls last`, and its `desc()` asks for `desc`, which is
 * `nulls first`. Postgres uses an index for no order but its own, also where nothing is null: it would sort the whole table.
 */
export function newestFirst(column: PgColumn): SQL {
  return sql`${column} desc nulls last`;
}

/**
 * All columns of a table by their bare names: `"call_id", "key", …`, for `insert into` and its `select`.
 * @param without those that the database fills in
 */
export function columnList(table: PgTable, without: readonly Column[] = []): SQL {
  const columns = Object.values(getTableColumns(table)).filter((column) => !without.includes(column));
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
