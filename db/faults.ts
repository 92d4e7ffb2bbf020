import "server-only";
import type postgres from "postgres";
import { cleanText } from "@/lib/clean-text";

/** Two rows of one key; a value that fits no type; a constraint; a limit of PostgreSQL's own. */
const contentClasses = new Set(["21", "22", "23", "54"]);
/** What our own code throws over content: it would throw the same again. */
const contentErrors: readonly unknown[] = [RangeError, SyntaxError, URIError];

/**
 * Why something can never be kept, in words without data of a caller; null for an error that may pass: a database that is
 * down, slow or locked. By SQLSTATE class, PostgreSQL manual, appendix A.
 */
export function readContentFault(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  // Drizzle wraps what the driver threw.
  if (cause.cause instanceof Error) return readContentFault(cause.cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (/^[0-9A-Z]{5}$/.test(code) && contentClasses.has(code.slice(0, 2))) {
    return `PostgreSQL refuses it: ${withoutValues(cause.message, code)} (${code})`;
  }
  return contentErrors.includes(cause.constructor) ? `It cannot be processed (${cause.name})` : null;
}

/** Messages of class 22 quote the value that did not fit. */
function withoutValues(message: string, code: string): string {
  const plain = code.startsWith("22") ? message.replace(/[:"].*$/s, "").trim() : message;
  return cleanText(plain, 200);
}

interface Failure {
  item: string;
  reason: string;
}

/** Halves a batch until what fails stands alone. Returns what failed. */
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
 * A client that runs a transaction, or a statement outside of one, again when Postgres gave it up for another's sake
 * (SQLSTATE class 40: deadlocks, serialization failures). Both were rolled back as a whole. A transaction's callback may
 * therefore run more than once, so its only effects must be those on the database.
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

/** The driver sends a query when it is awaited, and never sends the same one twice. Its rows may be asked for as arrays. */
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

/** @throws what the last try threw, and at once whatever is no conflict. */
async function retryConflicts<T>(work: () => PromiseLike<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (cause) {
      if (tries === mostTries || sqlState(cause)?.startsWith("40") !== true) throw cause;
      // Of two that met, one is to be first now.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
    }
  }
}

/** What Postgres calls an error, wherever in the chain of causes; null for an error that is none of its own. */
export function sqlState(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  if ("code" in cause && typeof cause.code === "string" && /^[0-9A-Z]{5}$/.test(cause.code))
    return cause.code;
  return sqlState(cause.cause);
}

/** What postgres.js and Node call a connection that is gone, or was never made. */
const lostConnection =
  /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;

/** SQLSTATE classes of a server that no statement reaches: no connection (08), shutting down or starting (57P). */
const noServer = /^(08|57P)/;

/** The same of one that cannot work now, whatever it is asked: no resources (53), read-only (25006). PostgreSQL manual, appendix A. */
const cannotWork = /^(53|25006)/;

/** Whether an error says that the database is gone, so that the same statement may do better in a moment. */
export function isUnreachable(cause: unknown): boolean {
  return hasCode(cause, (code) => lostConnection.test(code) || noServer.test(code));
}

/** Whether an error says that the database is gone or takes nothing now, so that the same request may do better later. */
export function isOutage(cause: unknown): boolean {
  return isUnreachable(cause) || hasCode(cause, (code) => cannotWork.test(code));
}

function hasCode(cause: unknown, fits: (code: string) => boolean): boolean {
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return fits(code) || hasCode(cause.cause, fits);
}
