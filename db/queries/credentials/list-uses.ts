import type { Database } from "@/db/client";
import { credentialUses } from "@/db/schema/credential-uses";

/** When each credential was last used, by its id, those of the environment included. */
export async function listUses(db: Pick<Database, "select">): Promise<Map<string, Date>> {
  const uses = await db.select().from(credentialUses);
  return new Map(uses.map(({ credentialId, lastUsedAt }) => [credentialId, lastUsedAt]));
}
