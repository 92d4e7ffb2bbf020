import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { writeSetting } from "@/db/queries/settings/write-setting";
import type { By } from "@/lib/audit/audit";
import { type DialingRules, dialingRulesSetting } from "@/lib/dialing/dialing-rules";

/** Sets when campaigns may dial; the next contact is judged by it. */
export async function setDialingRules(db: Database, rules: DialingRules, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, dialingRulesSetting, rules);
    const { weekdays, from, to, zones } = rules;
    const detail = { hours: `${from} to ${to}`, weekdays: weekdays.join(" "), zones: String(zones.length) };
    await recordAudit(tx, { ...by, action: "dialing-rules.changed", detail });
  });
}
