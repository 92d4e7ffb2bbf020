import "server-only";
import { type Database, db } from "@/db/client";
import { deriveFigures } from "@/db/queries/analytics/figures";
import { findUndocumented, refreshDocuments } from "@/db/queries/reports/documents";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
import { workApart } from "@/lib/tick/server/work-apart";

const atOnce = 200;

/**
 * Brings every ended call in the archive up to date until none is left or `budgetMs` has passed: those whose process
 * died, imported ones, those retention has removed data from. Returns how many. A call that fails because of its
 * content is set aside.
 */
export async function catchUpDocuments(db: Database, budgetMs = 20_000): Promise<number> {
  const deadline = Date.now() + budgetMs;
  for (let total = 0; ; ) {
    const ids = await findUndocumented(db, atOnce);
    await workApart(db, "archive", ids, atOnce, (some) => makeAgain(db, some));
    total += ids.length;
    if (ids.length < atOnce || Date.now() > deadline) return total;
  }
}

/**
 * Derives figures, then the document. Figures come first, because a call whose document is current is not found again,
 * and both follow rules that change together.
 */
async function makeAgain(db: Database, callIds: readonly string[]): Promise<void> {
  await deriveFigures(db, callIds);
  await refreshDocuments(db, callIds);
}

/**
 * Batched, because every event after a call's end asks for it: on a slow database they would take every connection of
 * the pool.
 */
const refreshTogether = createKeyedBatcher({
  work: async (callIds: string[]) => {
    await refreshDocuments(db, callIds);
    return callIds;
  },
  keyOf: (callId) => callId,
  join: (waiting) => waiting,
});

/**
 * Refreshes an ended call's document after a delivery, so the call can be found at once. Never rejects: the tick
 * repeats what fails here.
 */
export async function recordDocument(callId: string): Promise<void> {
  try {
    await refreshTogether(callId);
  } catch (cause) {
    logRepeated("error", "a call is not in the archive before the next tick", {
      callId,
      error: cause,
    });
  }
}
