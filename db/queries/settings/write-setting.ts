import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { settings } from "@/db/schema/settings";
import type { Setting } from "@/lib/settings/setting";

/** Sets something for every instance; each sees it when it next reads. */
export async function writeSetting<T>(
  db: Pick<Database, "insert">,
  { name }: Setting<T>,
  value: T,
): Promise<void> {
  const row = { value, updatedAt: sql`now()` };
  await db
    .insert(settings)
    .values({ name, ...row })
    .onConflictDoUpdate({ target: settings.name, set: row });
}
