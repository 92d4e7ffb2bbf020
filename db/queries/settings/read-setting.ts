import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { settings } from "@/db/schema/settings";
import type { Setting } from "@/lib/settings/setting";

/** What is set, or the setting's initial value: also where an older Earshot has stored another shape. */
export async function readSetting<T>(db: Pick<Database, "select">, setting: Setting<T>): Promise<T> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, setting.name));
  const stored = setting.schema.safeParse(row?.value);
  return stored.success ? stored.data : setting.initial;
}
