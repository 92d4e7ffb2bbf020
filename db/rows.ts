import { and, type Column, getTableColumns, lt, or, type SQL, sql } from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { type PgColumn, PgJsonb, type PgTable } from "drizzle-orm/pg-core";
import type { OpenedCursor } from "@/lib/keyset";
import { parseJson } from "@/lib/lossless-json";

const casing = new CasingCache("snake_case");

/** A column's name in the database (`customer_number`) from its name in the schema (`customerNumber`). */
export function columnName(column: Column): string {
  return casing.getColumnCasing(column);
}

const readers = new WeakMap<PgTable, [key: string, name: string, column: Column][]>();

/**
 * The inverse of `toRecord`: turns a row that Postgres wrote as JSON (`to_jsonb(row)`) into Drizzle's. The cast is safe
 * because the record came from this table.
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
 * All columns of a table, for `select`. Integers beyond 2^53 within JSON are read as BigInteger instead of as text, so that
 * `stringifyJson` writes them as they came. The cast is safe because only the reading differs.
 */
export function exactColumns<T extends PgTable>(table: T): T["_"]["columns"] {
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => [
    key,
    column instanceof PgJsonb ? sql`${column}::text`.mapWith(parseJson).as(column.name) : column,
  ]);
  return Object.fromEntries(columns) as T["_"]["columns"];
}

/**
 * The order of our indexes with `.desc()`: Drizzle creates them `desc nulls last`, but its `desc()` in a query means `nulls
 * first`. Postgres uses an index only for its exact order, and would otherwise sort the whole table.
 */
export function newestFirst(column: PgColumn): SQL {
  return sql`${column} desc nulls last`;
}

/** The same order read backwards, for the same reason. */
export function oldestFirst(column: PgColumn): SQL {
  return sql`${column} asc nulls first`;
}

/** Rows after a cursor, newest first, ties by id: the same order as `opened_at desc, id`. */
export function openedBefore(
  table: { openedAt: PgColumn; id: PgColumn },
  { openedAt, id }: OpenedCursor,
): SQL | undefined {
  const at = sql.param(openedAt, table.openedAt);
  return or(lt(table.openedAt, openedAt), and(sql`${table.openedAt} = ${at}`, sql`${table.id} > ${id}`));
}

/**
 * All columns of a table by name, for `insert into` and its `select`: `"call_id", "key", …`.
 * @param without columns that the database fills in
 */
export function columnList(table: PgTable, without: readonly Column[] = []): SQL {
  const columns = Object.values(getTableColumns(table)).filter((column) => !without.includes(column));
  return sql.join(
    columns.map((column) => sql.identifier(columnName(column))),
    sql`, `,
  );
}

/** The rows of a JSON array with the table's types; none for null. */
export function rowsOf(table: PgTable, json: string): SQL {
  return sql`jsonb_populate_recordset(null::${table}, ${sql.identifier(json)}) r`;
}

/** A JSON object as one row with the table's types; nulls for null. */
export function rowOf(table: PgTable, json: string): SQL {
  return sql`jsonb_populate_record(null::${table}, ${sql.identifier(json)}) r`;
}

/** `"a" = excluded."a", …` for the given columns. */
export function takeExcluded(columns: string[]): SQL {
  return sql.join(
    columns.map((name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`),
    sql`, `,
  );
}

const names = new WeakMap<PgTable, Map<string, string>>();

/**
 * A row as JSON for `jsonb_populate_record(null::table, …)`: keys are the database's column names, and values are in JSON's
 * notation (a Date becomes its ISO string). Unknown keys are left out.
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
