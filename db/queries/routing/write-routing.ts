import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { routing } from "@/db/schema/routing";
import type { Routing } from "@/lib/routing/routing";

/** Sets the rules unless somebody has changed them since `version`: one statement decides. Returns the new version, or null. */
export async function writeRouting(
  db: Pick<Database, "insert" | "update">,
  { rules, defaultAnswer }: Routing,
  version: number,
  changedBy: string,
): Promise<number | null> {
  const row = { rules, defaultAnswer, changedBy, version: version + 1, changedAt: sql`now()` };
  const [written] =
    version === 0
      ? await db.insert(routing).values(row).onConflictDoNothing().returning({ version: routing.version })
      : await db
          .update(routing)
          .set(row)
          .where(eq(routing.version, version))
          .returning({ version: routing.version });
  return written?.version ?? null;
}
