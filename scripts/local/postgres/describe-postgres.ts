export type Postgres = {
  /** Where its files lie. */
  home: string;
  /** Another script runs it, and goes on doing so after `stop`. */
  isShared: boolean;
  /** How to connect to one of its databases as superuser; every cluster has a database `postgres`. */
  urlOf: (database: string) => string;
  stop: () => Promise<void>;
};

type Known = { home: string; password: string; port: number; isShared?: boolean; stop?: () => Promise<void> };

/** What callers get to know of a running server. */
export function describePostgres({ home, password, port, isShared = false, stop }: Known): Postgres {
  return {
    home,
    isShared,
    urlOf: (database) => `postgres://earshot:${password}@127.0.0.1:${port}/${database}`,
    stop: stop ?? (async () => {}),
  };
}
