import { relative } from "node:path";
import { environmentSchema } from "@/lib/env-schema";
import { UsageError } from "../cli/read-options";
import type { Postgres } from "../postgres/run-server";
import { projectFolder } from "../project-folder";
import { ensureDatabase } from "../throwaway-postgres";
import type { Parts } from "./create-parts";
import type { Environment } from "./environment";

export type OpenDatabase = {
  url: string;
  /** Whether we run it, for this machine only. */
  isOurs: boolean;
  description: string;
  /** Resolves when one of ours has ended for good; null of any other. */
  ended: Promise<unknown> | null;
};

/**
 * Opens the database of DATABASE_URL, or the one called `name` on a server that `startPostgres` runs for us.
 *
 * @throws a UsageError when DATABASE_URL is malformed; the driver's own error would quote it with its password
 */
export async function openDatabase(
  { DATABASE_URL }: Environment,
  startPostgres: () => Promise<Postgres>,
  name: string,
  parts: Parts,
): Promise<OpenDatabase> {
  if (DATABASE_URL) {
    const { error } = environmentSchema.shape.DATABASE_URL.safeParse(DATABASE_URL);
    if (error) throw new UsageError(`DATABASE_URL ${error.issues[0]?.message}`);
    return { url: DATABASE_URL, isOurs: false, description: "set by DATABASE_URL", ended: null };
  }
  const server = await startPostgres();
  parts.add(server.stop);
  const url = await ensureDatabase(server, name);
  const inside = relative(projectFolder, server.home);
  const where = inside.startsWith("..") ? server.home : inside;
  const shared = server.isShared ? ", started by another script" : "";
  const description = `PostgreSQL on port ${new URL(url).port}, data in ${where}${shared}`;
  return { url, isOurs: true, description, ended: server.ended };
}
