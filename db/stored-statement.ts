import "server-only";
import type postgres from "postgres";
import { sqlState } from "@/db/faults";
import { logRepeated } from "@/lib/log-repeated";

/**
 * A statement that the database keeps as a function (`drizzle/functions/`, written by `npm run db:generate`). Postgres plans it
 * once per connection of its own, while a text is planned again each time behind a pooler that cannot keep prepared statements.
 */
export interface StoredStatement {
  /** The function's name. It ends with the text's digest, so that each version of Earshot calls its own function. */
  name: string;
  /** The statement, with one parameter of type jsonb: `$1`. */
  toText: () => string;
  /** The columns it returns, with their types. */
  returns: string;
}

type Client = Pick<postgres.Sql, "unsafe">;

/** SQLSTATE of a function that does not exist, or that this role may not call. PostgreSQL manual, appendix A. */
const cannotCall = new Set<string | null>(["42883", "42501"]);
const tryAgainMs = 60_000;

/** When to try again, by the function's name. */
const withoutUntil = new Map<string, number>();

/**
 * Runs a statement by its function. If that cannot be called (another version of Earshot has migrated the database), the text is
 * sent instead; in a transaction always, because the attempt would abort it.
 *
 * @param input JSON
 * @throws postgres.PostgresError or a connection error
 */
export async function runStored<Row extends object>(
  client: Client,
  { name, toText }: StoredStatement,
  input: string,
): Promise<Row[]> {
  const run = (text: string) => client.unsafe<Row[]>(text, [input], { prepare: true });
  const isTransaction = !("begin" in client);
  if (isTransaction || Date.now() < (withoutUntil.get(name) ?? 0)) return run(toText());
  try {
    return await run(`select * from ${name}($1)`);
  } catch (cause) {
    if (!cannotCall.has(sqlState(cause))) throw cause;
    withoutUntil.set(name, Date.now() + tryAgainMs);
    logRepeated("warn", "a function of the database cannot be called; npm run db:migrate creates it", {
      name,
      error: cause,
    });
    return run(toText());
  }
}

/** The SQL that creates the function. Its plan does not depend on the input: Postgres estimates the same number of rows for any. */
export function toDefinition({ name, toText, returns }: StoredStatement): string {
  return `create function ${name}(jsonb) returns table (${returns})
language plpgsql set plan_cache_mode = force_generic_plan as $earshot$
#variable_conflict use_column
begin
  return query ${toText().trim()};
end
$earshot$;
`;
}
