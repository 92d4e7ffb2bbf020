import { relative } from "node:path";
import { ensureDatabase } from "../ensure-database";
import type { Postgres } from "../postgres/describe-postgres";
import { projectFolder } from "../project-folder";
import type { Parts } from "./create-parts";
import type { Environment } from "./environment";

export type Database = { url: string; description: string };

/** The database of DATABASE_URL, or one that `startPostgres` runs for us. */
export async function openDatabase(
  { DATABASE_URL }: Environment,
  startPostgres: () => Promise<Postgres>,
  parts: Parts,
): Promise<Database> {
  if (DATABASE_URL) return { url: DATABASE_URL, description: "as DATABASE_URL says" };
  const server = await startPostgres();
  parts.add(server.stop);
  const url = await ensureDatabase(server, "earshot");
  const inside = relative(projectFolder, server.home);
  const where = inside.startsWith("..") ? server.home : inside;
  return { url, description: `PostgreSQL on port ${new URL(url).port}, its data in ${where}` };
}
