import "server-only";
import type { Database } from "@/db/client";
import { isolate } from "@/db/faults";
import { clearSetAside, readSetAside, recordSetAside } from "@/db/queries/set-aside";
import { log } from "@/lib/log";

/**
 * Runs a job on many items, `atOnce` at a time, and isolates items that fail because of their own content: a failed
 * batch is halved until the item is alone, which is then set aside with the reason. Items set aside earlier are skipped
 * until due.
 *
 * @param work must be safe to repeat; an error it throws is about one of its items, unless it is an outage
 * @throws errors of `work` that are temporary, such as a database that is down
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
