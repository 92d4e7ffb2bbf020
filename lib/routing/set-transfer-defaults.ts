import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { writeSetting } from "@/db/queries/settings/write-setting";
import type { By } from "@/lib/audit/audit";
import { type TransferDefaults, transferDefaultsSetting } from "@/lib/routing/transfer-defaults";

/** Sets where calls go when nothing else says. */
export async function setTransferDefaults(db: Database, defaults: TransferDefaults, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, transferDefaultsSetting, defaults);
    const detail = { transfer: defaults.transferTo ?? "nowhere", handoff: defaults.handoffTo ?? "nobody" };
    await recordAudit(tx, { ...by, action: "transfer-defaults.changed", detail });
  });
}
