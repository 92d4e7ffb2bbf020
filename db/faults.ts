import "server-only";
import type postgres from "postgres";
import { cleanText } from "@/lib/clean-text";

/** SQLSTATE classes caused by a value: duplicate rows in one statement, bad data, constraints, program limits. */
const contentClasses = new Set(["21", "22", "23", "54"]);
/** Errors that our own code throws because of a value, and would throw again for it. */
const contentErrors: readonly unknown[] = [RangeError, SyntaxError, URIError];

/**
 * Returns why a value can never be stored, without caller data; null for a transient error, such as a database that is
 * down, slow or locked. By SQLSTATE class, PostgreSQL manual, appendix A.
 */
export function readContentFault(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  // Drizzle wraps the driver's error.
  if (cause.cause instanceof Error) return readContentFault(cause.cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (/^[0-9A-Z]{5}$/.test(code) && contentClasses.has(code.slice(0, 2))) {
    return `PostgreSQL rejected it: ${withoutValues(cause.message, code)} (${code})`;
  }
  return contentErrors.includes(cause.constructor) ? `It cannot be processed (${cause.name})` : null;
}

/** Messages of class 22 quote the value. */
function withoutValues(message: string, code: string): string {
  const plain = code.startsWith("22") ? message.replace(/[:"].*$/s, "").trim() : message;
  return cleanText(plain, 200);
}

interface Failure {
  item: string;
  reason: string;
}

/** Halves a batch until the failing items are alone. Returns them. */
export async function isolate(
  items: readonly string[],
  work: (items: string[]) => Promise<unknown>,
): Promise<Failure[]> {
  const [item] = items;
  if (item === undefined) return [];
  try {
    await work([...items]);
    return [];
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    if (items.length === 1) return [{ item, reason }];
    const half = Math.ceil(items.length / 2);
    return [...(await isolate(items.slice(0, half), work)), ...(await isolate(items.slice(half), work))];
  }
}

const mostTries = 5;

/**
 * Repeats a transaction, or a statement outside one, that Postgres rolled back because of another (SQLSTATE class 40:
 * deadlocks, serialization failures). A transaction's callback may therefore run more than once and must have no effects
 * outside the database.
 */
export function retryingConflicts(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name !== "unsafe" && name !== "begin") return value;
      return (...args: unknown[]) => {
        if (name === "begin") return retryConflicts(() => Reflect.apply(target.begin, target, args));
        return retryingQuery(() => Reflect.apply(target.unsafe, target, args));
      };
    },
  });
}

type Query = ReturnType<postgres.Sql["unsafe"]>;

/**
 * The driver sends a query once, when it is awaited, so each attempt needs a new one. `values()` asks for rows as
 * arrays.
 */
function retryingQuery(
  ask: () => Query,
  send: (query: Query) => PromiseLike<unknown> = (query) => query,
): Query {
  const first = ask();
  let next: Query | null = first;
  const settle = () =>
    retryConflicts(() => {
      const query = next ?? ask();
      next = null;
      return send(query);
    });
  return new Proxy(first, {
    get: (target, name) => {
      if (name === "values") return () => retryingQuery(ask, (query) => query.values());
      const source = name === "then" || name === "catch" || name === "finally" ? settle() : target;
      const value: unknown = Reflect.get(source, name);
      return typeof value === "function" ? value.bind(source) : value;
    },
  });
}

/** @throws the last attempt's error; an error that is not a conflict, at once */
async function retryConflicts<T>(work: () => PromiseLike<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (cause) {
      if (tries === mostTries || sqlState(cause)?.startsWith("40") !== true) throw cause;
      // A random delay lets one of the two go first.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
    }
  }
}

/** The SQLSTATE anywhere in the chain of causes; null for an error that is not Postgres's. */
export function sqlState(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  if ("code" in cause && typeof cause.code === "string" && /^[0-9A-Z]{5}$/.test(cause.code))
    return cause.code;
  return sqlState(cause.cause);
}

/** The codes of postgres.js and Node for a lost or failed connection. */
const lostConnection =
  /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;

/** SQLSTATE classes of a server that cannot be reached: connection errors (08), shutting down or starting (57P). */
const noServer = /^(08|57P)/;

/** SQLSTATE of a server that cannot work now: no resources (53), read-only (25006). PostgreSQL manual, appendix A. */
const cannotWork = /^(53|25006)/;

/** Whether the database could not be reached, so the same statement may succeed in a moment. */
export function isUnreachable(cause: unknown): boolean {
  return hasCode(cause, (code) => lostConnection.test(code) || noServer.test(code));
}

/** Whether the database could not be reached or takes no writes, so the same request may succeed later. */
export function isOutage(cause: unknown): boolean {
  return isUnreachable(cause) || hasCode(cause, (code) => cannotWork.test(code));
}

function hasCode(cause: unknown, fits: (code: string) => boolean): boolean {
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return fits(code) || hasCode(cause.cause, fits);
}
