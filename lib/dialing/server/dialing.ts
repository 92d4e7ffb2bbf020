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
 * Returns the hash of a number that the do-not-call list stores, the same for every spelling. The prefix keeps
 * published tables of hashed phone numbers from reversing it.
 *
 * @returns null if it is not an international number.
 */
export function hashNumber(written: string): string | null {
  const number = parsePhoneNumberFromString(toKnownNumber(written) ?? "")?.number;
  return number ? hash("sha256", `earshot do-not-call ${number}`, "hex") : null;
}

export interface BlockResult {
  added: number;
  known: number;
  /** Not international numbers, as written in the request. */
  refused: string[];
}

/** Adds numbers to the do-not-call list. Existing entries stay as they are. */
export async function blockNumbers(db: Database, written: readonly string[], by: By): Promise<BlockResult> {
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

/** Whether a number may be dialled at a time, by the current list and rules. */
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

/** Sets when campaigns may dial. Applies from the next check on. */
export async function setDialingRules(db: Database, rules: DialingRules, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, dialingRulesSetting, rules);
    const { weekdays, from, to, zones } = rules;
    const detail = { hours: `${from} to ${to}`, weekdays: weekdays.join(" "), zones: String(zones.length) };
    await recordAudit(tx, { ...by, action: "dialing-rules.changed", detail });
  });
}

/** Removes a number from the do-not-call list; false if it is not on it. */
export function unblockNumber(db: Database, numberHash: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const target = await removeFromDoNotCall(tx, numberHash);
    if (target === null) return false;
    await recordAudit(tx, { ...by, action: "do-not-call.removed", target });
    return true;
  });
}
