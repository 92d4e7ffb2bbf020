import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { writeSetting } from "@/db/queries/settings/write-setting";
import type { By } from "@/lib/audit/audit";
import { forgetCredentials } from "@/lib/webhook/credentials/known-credentials";
import { webhookAddressesSetting } from "@/lib/webhook/credentials/webhook-addresses";

/** Sets where deliveries are taken from, whatever they prove themselves with. None: from anywhere. */
export async function setWebhookAddresses(db: Database, ranges: string[], by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, webhookAddressesSetting, ranges);
    const target = ranges.join(", ") || "anywhere";
    await recordAudit(tx, { ...by, action: "webhook-addresses.changed", target });
  });
  forgetCredentials();
}
