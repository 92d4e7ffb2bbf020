import { db } from "@/db/client";
import { writeSetting } from "@/db/queries/settings";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import { forgetUsual } from "@/lib/rates/server/usual";

/** For tests of single alerts: keeps them from being grouped into an incident. */
export async function withoutIncidents(): Promise<void> {
  await writeSetting(db, incidentRulesSetting, { ...incidentRulesSetting.initial, count: 1_000 });
  forgetUsual();
}
