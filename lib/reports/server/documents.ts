import "server-only";
import { type Database, db } from "@/db/client";
import { deriveFigures } from "@/db/queries/analytics/figures";
import { findUndocumented, refreshDocuments } from "@/db/queries/reports/documents";
import { createKeyedBatcher } from "@/lib/keyed-batcher";
import { logRepeated } from "@/lib/log-repeated";
import { workApart } from "@/lib/tick/server/work-apart";

const atOnce = 200;

/**
 * Puts every call that is over into the archive as it is now, until there is no more or `budgetMs` has passed: those a
 * process died over, those imported, those retention has taken something from. Returns how many. One that fails for its
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

/** Its figures follow rules that change with the document's. They come first: a call whose document is made is not looked for again. */
async function makeAgain(db: Database, callIds: readonly string[]): Promise<void> {
  await deriveFigures(db, callIds);
  await refreshDocuments(db, callIds);
}

/** Each event after a call's end asks for it: on a slow database they would take every connection of the pool. */
const refreshTogether = createKeyedBatcher({
  work: async (callIds: string[]) => {
    await refreshDocuments(db, callIds);
    return callIds;
  },
  keyOf: (callId) => callId,
  join: (waiting) => waiting,
});

/**
 * After a delivery: a call that is over can be found at once. Never rejects; the tick mends what fails here.
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
