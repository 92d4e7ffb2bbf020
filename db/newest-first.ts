import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * The order our indexes with `.desc()` are made in: Drizzle makes them `desc nulls last`, and its `desc()` asks for `desc`, which is
 * `nulls first`. Postgres uses an index for no order but its own, also where nothing is null: it would sort the whole table.
 */
export function newestFirst(column: PgColumn): SQL {
  return sql`${column} desc nulls last`;
}
