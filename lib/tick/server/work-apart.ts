import "server-only";
import type { Database } from "@/db/client";
import { isolate } from "@/db/faults";
import { clearSetAside, readSetAside, recordSetAside } from "@/db/queries/set-aside";
import { log } from "@/lib/log";

/**
 * Does a job's work on many items, `atOnce` at a time, and keeps one that fails for its own content from the others: the
 * batch is halved until it stands alone, and it is set aside with the reason. What was set aside before is left out, and
 * taken up again when its time has come.
 *
 * @param work must be safe to repeat; what it throws is about one of its items, unless it is an outage
 * @throws what `work` throws that may pass: a database that is down
 */
export async function workApart(
  db: Database,
  job: string,
  items: readonly string[],
  atOnce: number,
  work: (items: string[]) => Promise<unknown>,
): Promise<void> {
  const aside = new Map((await readSetAside(db, job)).map(({ item, isDue }) => [item, isDue]));
  const due = [...aside].filter(([, isDue]) => isDue).map(([item]) => item);
  const wanted = [...new Set([...items.filter((item) => !aside.has(item)), ...due])];
  const failed = new Set<string>();
  for (let from = 0; from < wanted.length; from += atOnce) {
    for (const { item, reason } of await isolate(wanted.slice(from, from + atOnce), work)) {
      failed.add(item);
      await recordSetAside(db, { job, item, reason });
      log("error", "a job set an item aside", { job, item, reason });
    }
  }
  await clearSetAside(
    db,
    job,
    due.filter((item) => !failed.has(item)),
  );
}
