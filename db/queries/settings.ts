import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { settings } from "@/db/schema/operations";
import type { Setting } from "@/lib/settings/setting";

/** The stored value, or the initial one if there is none or it has another version's shape. */
export async function readSetting<T>(db: Pick<Database, "select">, setting: Setting<T>): Promise<T> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, setting.name));
  const stored = setting.schema.safeParse(row?.value);
  return stored.success ? stored.data : setting.initial;
}

/** Stores a setting for every instance; each sees it with its next read. */
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
