import "server-only";
import { db } from "@/db/client";
import type { Recorded } from "@/db/queries/record-events";
import { refreshDocuments } from "@/db/queries/reports/refresh-documents";
import { isOver } from "@/lib/calls/call";
import { describeError, log } from "@/lib/log";

/**
 * After a delivery: a call that is over can be found at once; null for one that is not. Never rejects; the tick mends what
 * fails here.
 */
export function noteDocument({ isFresh, call }: Recorded): Promise<void> | null {
  return isFresh && call && isOver(call.status) ? refresh(call.id) : null;
}

async function refresh(callId: string): Promise<void> {
  try {
    await refreshDocuments(db, [callId]);
  } catch (cause) {
    log("error", "a call is not in the archive before the next tick", {
      callId,
      ...describeError(cause),
    });
  }
}
