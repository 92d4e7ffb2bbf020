import "server-only";
import { db } from "@/db/client";
import { deriveFigures } from "@/db/queries/analytics/derive-figures";
import type { Recorded } from "@/db/queries/record-events";
import { isOver } from "@/lib/calls/is-over";
import { describeError, log } from "@/lib/log";

/** Derives anew what a call that is over counts for, after one of its events. Never rejects: what fails here, the tick makes up for. */
export async function noteFigures({ isFresh, call }: Recorded): Promise<void> {
  if (!isFresh || !call || !isOver(call.status)) return;
  try {
    await deriveFigures(db, [call.id]);
  } catch (cause) {
    log("error", "a call may be missing in analytics before the next tick", {
      callId: call.id,
      ...describeError(cause),
    });
  }
}
