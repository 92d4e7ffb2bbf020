import { createHash } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { canReach } from "./can-reach";
import type { UserIds } from "./find-postgres-user";

/**
 * The folder that holds everything PostgreSQL keeps: `.local/postgres` of the project, unless PostgreSQL's user
 * cannot get there (root with a clone under /root). Then it is a folder of this clone's own in /var/lib/earshot.
 */
export function chooseHome(project: string, user: UserIds | null): string {
  const local = join(project, ".local");
  const clone = `${basename(project)}-${createHash("sha256").update(project).digest("hex").slice(0, 8)}`;
  const home = !user || canReach(local, user) ? join(local, "postgres") : join("/var/lib/earshot", clone);
  mkdirSync(home, { recursive: true });
  if (user) for (const folder of [dirname(home), home]) chmodSync(folder, 0o755); // root may have a strict umask
  return home;
}
