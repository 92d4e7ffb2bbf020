import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { columnList, columnName } from "@/db/rows";

/**
 * How an incoming row is merged with the stored row of the same key: a column's name, and its value computed from both rows.
 * A column without a rule keeps the stored value.
 */
export type JoinRules = ReadonlyMap<string, SQL>;

/** `"a" = …, "b" = …` for `on conflict … do update set`. */
export function assignRules(rules: JoinRules): SQL {
  const assigned = [...rules].map(([name, rule]) => sql`${sql.identifier(name)} = ${rule}`);
  return sql.join(assigned, sql`, `);
}

interface Joined {
  /** The names of the two CTEs: `name` has one row per key. */
  name: string;
  table: PgTable;
  keys: string[];
  /** A select of `n` and all columns of the table; several rows may have the same key. */
  rows: SQL;
  rules: JoinRules;
  /** The alias of the stored row in the rules; the incoming row is `excluded`. */
  was: string;
}

/**
 * Merges incoming rows of one key by the same rules as with the stored row, because Postgres updates no row twice in one
 * statement. Returns two CTEs, the second of them recursive.
 */
export function joinRows({ name, table, keys, rows, rules, was }: Joined): SQL {
  const [steps, joined] = [sql.identifier(`${name}_step`), sql.identifier(name)];
  const [old, next] = [sql.identifier(was), sql`excluded`];
  const key = sql.join(keys.map(sql.identifier), sql`, `);
  const isSame = keys.map(
    (column) => sql`${next}.${sql.identifier(column)} = ${old}.${sql.identifier(column)}`,
  );
  const values = Object.values(getTableColumns(table)).map((column) => {
    const rule = rules.get(columnName(column)) ?? sql`${old}.${sql.identifier(columnName(column))}`;
    return sql`(${rule})::${sql.raw(column.getSQLType())}`;
  });
  return sql`
    ${steps} as (
      select row_number() over (partition by ${key} order by n) as step, * from (${rows}) as one
    ), ${joined} as (
      select step, ${columnList(table)} from ${steps} where step = 1
      union all
      select ${next}.step, ${sql.join(values, sql`, `)}
      from ${joined} ${old} join ${steps} ${next} on ${next}.step = ${old}.step + 1 and ${sql.join(isSame, sql` and `)}
    )`;
}

/** One row per key, ordered by key, for `insert into … select`. */
export function joinedRows({ name, table, keys }: Pick<Joined, "name" | "table" | "keys">): SQL {
  const key = sql.join(keys.map(sql.identifier), sql`, `);
  return sql`select distinct on (${key}) ${columnList(table)} from ${sql.identifier(name)} order by ${key}, step desc`;
}
