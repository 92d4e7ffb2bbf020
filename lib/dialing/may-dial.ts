import "server-only";
import type { Database } from "@/db/client";
import { isOnDoNotCall } from "@/db/queries/dialing/is-on-do-not-call";
import { readSetting } from "@/db/queries/settings/read-setting";
import { dialingRulesSetting } from "@/lib/dialing/dialing-rules";
import { hashNumber } from "@/lib/dialing/hash-number";
import { type DialingVerdict, judgeDialing } from "@/lib/dialing/judge-dialing";

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
  return judgeDialing(number, rules, isListed, at);
}
