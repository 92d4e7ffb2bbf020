import type { Connection } from "./connection";

export type Users = ReturnType<typeof createUsers>;

/** Whose connection is whose, for those that have signed in. */
export function createUsers() {
  const ids = new Map<Connection, string>();
  return {
    signIn: (connection: Connection, id: string) => ids.set(connection, id),
    forget: (connection: Connection) => ids.delete(connection),
    idOf: (connection: Connection) => ids.get(connection),
    /** Closes all connections of one user, with the code that tells pusher-js not to come back by itself. */
    terminate: (id: string) => {
      for (const [connection, owner] of ids) {
        if (owner === id) connection.close(4009, "You got disconnected by the app");
      }
    },
  };
}
