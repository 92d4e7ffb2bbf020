import "server-only";
import { db } from "@/db/client";
import type { Recorded } from "@/db/queries/record-events";
import { refreshDocuments } from "@/db/queries/reports/refresh-documents";
import { isOver } from "@/lib/calls/is-over";
import { describeError, log } from "@/lib/log";

/** After a delivery: a call that is over can be found at once. Never rejects; the tick mends what fails here. */
export async function noteDocument({ isFresh, call }: Recorded): Promise<void> {
  if (!isFresh || !call || !isOver(call.status)) return;
  try {
    await refreshDocuments(db, [call.id]);
  } catch (cause) {
    log("error", "a call is not in the archive before the next tick", {
      callId: call.id,
      ...describeError(cause),
    });
  }
}
