import { AsyncLocalStorage } from "node:async_hooks";
import type postgres from "postgres";

type Connect = typeof postgres;

interface Transaction {
  pool: object;
  isOpen: boolean;
}

const current = new AsyncLocalStorage<Transaction>();
const found: string[] = [];

/**
 * Returns where queries were sent to a pool in a transaction of the same pool since the last call. Each holds one connection and
 * waits for another, so as many of them as the pool has connections would wait for ever.
 */
export function takeNestedQueries(): string[] {
  return found.splice(0);
}

/** Runs test code that stands for another process, which has connections of its own. */
export const asAnotherProcess = <T>(work: () => T): T => current.exit(work);

/** Wraps the driver so that it notices nested queries. They are sent all the same. */
export function noticingNested(connect: Connect): Connect {
  return new Proxy(connect, {
    apply: (target, self, args) => watched(Reflect.apply(target, self, args)),
  });
}

function watched(pool: postgres.Sql): postgres.Sql {
  // The app's own pools: `applyMigrations` has two connections of its own, and needs both.
  if (pool.options.connection.application_name !== "earshot") return pool;
  const note = (query: unknown) => {
    const transaction = current.getStore();
    if (transaction?.isOpen && transaction.pool === pool) found.push(toFinding(query));
  };
  return new Proxy(pool, {
    apply: (target, self, args) => {
      note(args[0]);
      return Reflect.apply(target, self, args);
    },
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name !== "unsafe" && name !== "begin") return value;
      return (...args: unknown[]) => {
        note(name === "begin" ? name : args[0]);
        return Reflect.apply(target[name], target, name === "begin" ? args.map(inTransaction) : args);
      };
    },
  });

  function inTransaction(work: unknown): unknown {
    if (typeof work !== "function") return work;
    return async (client: postgres.TransactionSql) => {
      const transaction = { pool, isOpen: true };
      try {
        return await current.run(transaction, () => work(client));
      } finally {
        transaction.isOpen = false;
      }
    };
  }
}

/** The query, and the project's own code that sent it. */
function toFinding(query: unknown): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 60;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const frames = stack
    .split("\n")
    .filter((line) => /\/(app|lib|db|tests)\//.test(line) && !line.includes("node_modules"));
  return `${String(query).slice(0, 120)}\n${frames.slice(2).join("\n")}`;
}
