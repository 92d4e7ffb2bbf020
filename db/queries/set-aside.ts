import "server-only";
import { and, desc, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { setAside } from "@/db/schema/operations";

/** Time until a retry: the content will be the same, but the code may have been fixed by then. */
const pauseHours = 1;
const mostListed = 50;

export interface SetAside {
  job: string;
  item: string;
  reason: string;
}

/** Records that a job skips an item, and why. */
export async function recordSetAside(db: Pick<Database, "insert">, { job, item, reason }: SetAside) {
  const retryAt = sql`now() + make_interval(hours => ${pauseHours})`;
  await db
    .insert(setAside)
    .values({ job, item, reason, retryAt })
    .onConflictDoUpdate({
      target: [setAside.job, setAside.item],
      set: { reason, retryAt, failures: sql`${setAside.failures} + 1`, lastAt: sql`now()` },
    });
}

/** The items a job has set aside, and whether each is due again. */
export function readSetAside(db: Pick<Database, "select">, job: string) {
  return db
    .select({ item: setAside.item, isDue: sql<boolean>`${setAside.retryAt} <= now()` })
    .from(setAside)
    .where(eq(setAside.job, job));
}

/** Removes items that have been processed after all. */
export async function clearSetAside(db: Pick<Database, "delete">, job: string, items: readonly string[]) {
  if (items.length === 0) return;
  await db.delete(setAside).where(and(eq(setAside.job, job), inArray(setAside.item, [...items])));
}

/** Whether a job's item is waiting for its retry: for the `where` of queries that look for work. */
export function isSetAside(job: string, item: SQLWrapper): SQL {
  return sql`exists (
    select from ${setAside} where ${setAside.job} = ${job} and ${setAside.item} = ${item} and ${setAside.retryAt} > now()
  )`;
}

/** The newest items of all jobs, and the total. */
export async function listSetAside(db: Pick<Database, "select" | "$count">) {
  const [items, count] = await Promise.all([
    db.select().from(setAside).orderBy(desc(setAside.lastAt), setAside.job, setAside.item).limit(mostListed),
    db.$count(setAside),
  ]);
  return { items, count };
}

/** Makes an item due at the job's next run. False when it is not set aside. */
export async function retrySetAside(db: Pick<Database, "update">, job: string, item: string) {
  const due = await db
    .update(setAside)
    .set({ retryAt: sql`now()` })
    .where(and(eq(setAside.job, job), eq(setAside.item, item)))
    .returning({ item: setAside.item });
  return due.length > 0;
}
