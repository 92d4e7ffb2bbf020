import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { writeSetting } from "@/db/queries/settings/write-setting";
import type { By } from "@/lib/audit/audit";
import { type MailSettings, mailSettings } from "@/lib/tools/mail/mail-settings";

/** Sets whom assistants may write to, and what. */
export async function setMailSettings(db: Database, value: MailSettings, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, mailSettings, value);
    const detail = {
      domains: value.domains.join(", ") || "none",
      templates: value.templates.map(({ name }) => name).join(", ") || "none",
    };
    await recordAudit(tx, { ...by, action: "tool-mail.changed", detail });
  });
}
