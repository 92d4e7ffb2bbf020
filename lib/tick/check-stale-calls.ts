import "server-only";
import type { Database } from "@/db/client";
import { readContentFault } from "@/db/content-fault";
import { claimStaleCalls } from "@/db/queries/claim-stale-calls";
import type { CallRow } from "@/db/schema/calls";
import { describeError, log } from "@/lib/log";
import { closeLostCall } from "@/lib/tick/close-lost-call";
import { recordVapiCall } from "@/lib/tick/record-vapi-call";
import { workApart } from "@/lib/tick/work-apart";
import { canAskVapi, getVapiCall } from "@/lib/vapi/get-vapi-call";

/** Where no assistant has said how long its calls may last. */
const usualMaxSeconds = 3_600;
const marginMs = 5 * 60_000;

/**
 * Finds out what became of live calls nothing was heard of for minutes: Vapi sends each event once, and some get lost. Vapi is
 * asked; where it cannot be, a call that has outlived its maximum is closed as lost.
 */
export async function checkStaleCalls(db: Database, now = new Date()): Promise<void> {
  const stale = new Map((await claimStaleCalls(db)).map((call) => [call.id, call]));
  await workApart(db, "stale-calls", [...stale.keys()], 1, async ([callId]) => {
    const call = callId === undefined ? undefined : stale.get(callId);
    // One that was set aside and is not stale now has been heard of since.
    if (call) await check(db, call, now);
  });
}

async function check(db: Database, call: CallRow, now: Date): Promise<void> {
  try {
    await (canAskVapi ? askVapi(db, call) : closeIfOutlived(db, call, now));
  } catch (cause) {
    if (readContentFault(cause) !== null) throw cause;
    // Its turn comes again in some minutes.
    log("warn", "a stale call could not be checked", { callId: call.id, ...describeError(cause) });
  }
}

async function askVapi(db: Database, call: CallRow): Promise<void> {
  const known = await getVapiCall(call.id);
  await (known ? recordVapiCall(call, known) : closeLostCall(db, call));
}

async function closeIfOutlived(db: Database, call: CallRow, now: Date): Promise<void> {
  const begun = call.startedAt ?? call.createdAt;
  const lastsUntil = begun.getTime() + (call.maxSeconds ?? usualMaxSeconds) * 1000 + marginMs;
  if (now.getTime() > lastsUntil) await closeLostCall(db, call);
}
