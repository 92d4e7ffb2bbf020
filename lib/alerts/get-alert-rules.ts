import "server-only";
import type { Database } from "@/db/client";
import { readSetting } from "@/db/queries/settings/read-setting";
import { type AlertRules, alertRulesSetting } from "@/lib/alerts/alert-rules";
import { describeError, log } from "@/lib/log";

/** How old the rules may be that an event is judged by. */
const maxAgeMs = 5_000;

let known: AlertRules = alertRulesSetting.initial;
let readAt = 0;
let reading: Promise<AlertRules> | null = null;

/** The rules in force, a few seconds old at most. While the database does not answer: the last that were known. */
export async function getAlertRules(db: Database): Promise<AlertRules> {
  const remembered = rememberedAlertRules();
  if (remembered) return remembered;
  reading ??= read(db).finally(() => {
    reading = null;
  });
  return reading;
}

/** The same without a wait; null when they have to be read. */
export function rememberedAlertRules(): AlertRules | null {
  return Date.now() - readAt < maxAgeMs ? known : null;
}

/** For whoever has just changed them. */
export function forgetAlertRules(): void {
  readAt = 0;
}

async function read(db: Database): Promise<AlertRules> {
  try {
    known = await readSetting(db, alertRulesSetting);
    readAt = Date.now();
  } catch (cause) {
    log("warn", "the alert rules could not be read", describeError(cause));
  }
  return known;
}
