import type { Database } from "@/db/client";
import { routing } from "@/db/schema/routing";
import type { VersionedRouting } from "@/lib/routing/routing";

const none: VersionedRouting = {
  version: 0,
  rules: [],
  defaultAnswer: null,
  changedBy: null,
  changedAt: null,
};

/** The rules in force, and who changed them last; version 0 where nobody has. */
export async function readRouting(db: Pick<Database, "select">): Promise<VersionedRouting> {
  const [row] = await db
    .select({
      version: routing.version,
      rules: routing.rules,
      defaultAnswer: routing.defaultAnswer,
      changedBy: routing.changedBy,
      changedAt: routing.changedAt,
    })
    .from(routing);
  return row ? { ...row, changedAt: row.changedAt.toISOString() } : none;
}
