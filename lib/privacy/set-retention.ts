import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { readSetting } from "@/db/queries/settings/read-setting";
import { writeSetting } from "@/db/queries/settings/write-setting";
import type { By } from "@/lib/audit/audit";
import { type Retention, retentionSetting } from "@/lib/privacy/retention";

/** Sets how long data is kept. What is older then goes with the next runs of the tick. */
export async function setRetention(db: Database, retention: Retention, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    const was = await readSetting(tx, retentionSetting);
    await writeSetting(tx, retentionSetting, retention);
    const detail = { from: inWords(was), to: inWords(retention) };
    await recordAudit(tx, { ...by, action: "retention.changed", detail });
  });
}

function inWords(retention: Retention): string {
  return Object.entries(retention)
    .map(([kind, days]) => `${kind} ${days === null ? "kept" : `${days} days`}`)
    .join(", ");
}
