import { lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { toolEffects } from "@/db/schema/tool-effects";

/** Forgets which effects of tools were brought about a quarter of a year ago: no delivery is repeated after that long. */
export async function deleteOldEffects(db: Pick<Database, "delete">): Promise<void> {
  await db.delete(toolEffects).where(lt(toolEffects.claimedAt, sql`now() - interval '90 days'`));
}
