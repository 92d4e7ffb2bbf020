import "server-only";
import { db } from "@/db/client";
import { deriveFigures } from "@/db/queries/analytics/derive-figures";
import type { Recorded } from "@/db/queries/record-events";
import { isOver } from "@/lib/calls/is-over";
import { describeError, log } from "@/lib/log";

/**
 * Derives anew what a call counts for, after one of its events; null for a call that is not over. Never rejects: what fails
 * here, the tick makes up for.
 */
export function noteFigures({ isFresh, call }: Recorded): Promise<void> | null {
  return isFresh && call && isOver(call.status) ? derive(call.id) : null;
}

async function derive(callId: string): Promise<void> {
  try {
    await deriveFigures(db, [callId]);
  } catch (cause) {
    log("error", "a call may be missing in analytics before the next tick", {
      callId,
      ...describeError(cause),
    });
  }
}
