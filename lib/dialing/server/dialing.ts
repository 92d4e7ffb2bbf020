import "server-only";
import { hash } from "node:crypto";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  addToDoNotCall,
  isOnDoNotCall,
  type NewBlockedNumber,
  removeFromDoNotCall,
} from "@/db/queries/do-not-call";
import { readSetting, writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { toKnownNumber } from "@/lib/calls/known-number";
import { maskNumber } from "@/lib/calls/mask-text";
import {
  checkDialing,
  type DialingRules,
  type DialingVerdict,
  dialingRulesSetting,
} from "@/lib/dialing/rules";

/**
 * What the do-not-call list keeps of a number; the same however the number is written, and other than a plain hash
 * of its digits, which tables in circulation would undo.
 *
 * @returns null for what is no international number.
 */
export function hashNumber(written: string): string | null {
  const number = parsePhoneNumberFromString(toKnownNumber(written) ?? "")?.number;
  return number ? hash("sha256", `earshot do-not-call ${number}`, "hex") : null;
}

export interface Barred {
  added: number;
  known: number;
  /** As they were written: no international numbers. */
  refused: string[];
}

/** Puts numbers on the do-not-call list. Those that are there already stay as they are. */
export async function blockNumbers(db: Database, written: readonly string[], by: By): Promise<Barred> {
  const rows = new Map<string, NewBlockedNumber>();
  const refused: string[] = [];
  for (const number of written) {
    const numberHash = hashNumber(number);
    if (numberHash) rows.set(numberHash, { numberHash, hint: maskNumber(number), addedBy: by.actor.name });
    else refused.push(number);
  }
  if (rows.size === 0) return { added: 0, known: 0, refused };
  return db.transaction(async (tx) => {
    const added = await addToDoNotCall(tx, [...rows.values()]);
    const detail = { numbers: String(added) };
    if (added > 0) await recordAudit(tx, { ...by, action: "do-not-call.added", detail });
    return { added, known: rows.size - added, refused };
  });
}

/** Whether a number may be dialled at a moment, by the list and the rules as they are now. */
export async function mayDial(
  db: Pick<Database, "select">,
  number: string,
  at: Date,
): Promise<DialingVerdict> {
  const hash = hashNumber(number);
  const [rules, isListed] = await Promise.all([
    readSetting(db, dialingRulesSetting),
    hash ? isOnDoNotCall(db, hash) : false,
  ]);
  return checkDialing(number, rules, isListed, at);
}

/** Sets when campaigns may dial; the next contact is judged by it. */
export async function setDialingRules(db: Database, rules: DialingRules, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, dialingRulesSetting, rules);
    const { weekdays, from, to, zones } = rules;
    const detail = { hours: `${from} to ${to}`, weekdays: weekdays.join(" "), zones: String(zones.length) };
    await recordAudit(tx, { ...by, action: "dialing-rules.changed", detail });
  });
}

/** Takes a number off the do-not-call list; false when it is not on it. */
export function unblockNumber(db: Database, numberHash: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeFromDoNotCall(tx, numberHash);
    if (target === null) return false;
    await recordAudit(tx, { ...by, action: "do-not-call.removed", target });
    return true;
  });
}
