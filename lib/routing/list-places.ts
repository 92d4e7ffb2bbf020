import type { Database } from "@/db/client";
import { readContext } from "@/db/queries/conversations/read-context";
import { readSetting } from "@/db/queries/settings/read-setting";
import { type TransferDefaults, transferDefaultsSetting } from "@/lib/routing/transfer-defaults";

/** Where a call may go, best first: what its conversation's context says under `key`, then what is set for all. */
export async function listPlaces(
  db: Pick<Database, "select">,
  key: keyof TransferDefaults,
  conversationId: string | null,
): Promise<unknown[]> {
  const [context, defaults] = await Promise.all([
    conversationId ? readContext(db, conversationId) : null,
    readSetting(db, transferDefaultsSetting),
  ]);
  return [context?.[key], defaults[key]];
}
