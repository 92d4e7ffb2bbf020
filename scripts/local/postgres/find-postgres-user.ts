import { execFileSync } from "node:child_process";

export type UserIds = { uid: number; gid: number };

/**
 * Returns the user PostgreSQL must run as, or null for the current user. PostgreSQL refuses to run as root, so root
 * gets the system's `postgres` user, created if missing (initdb needs a user with a name).
 *
 * @throws a sentence when root has no such user and cannot create one
 */
export function findPostgresUser(): UserIds | null {
  if (process.getuid?.() !== 0) return null;
  const found = readIds();
  if (found) return found;
  try {
    const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
    execFileSync("useradd", [...options, "postgres"], { stdio: "pipe" });
  } catch (cause) {
    throw new Error(
      "PostgreSQL does not run as root and no user `postgres` could be created: create one, run as an ordinary user, or set DATABASE_URL.",
      { cause },
    );
  }
  return readIds();
}

function readIds(): UserIds | null {
  try {
    const ask = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return null; // `id` fails for an unknown user
  }
}
