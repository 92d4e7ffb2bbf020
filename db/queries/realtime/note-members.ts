import "server-only";
import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/auth";
import { watchers } from "@/db/schema/watchers";

export type MemberWord = typeof watchers.$inferInsert;

/** Takes in words of who has a call open. Of two about one person the newer stands, whichever comes first. */
export async function noteMembers(db: Pick<Database, "insert">, words: readonly MemberWord[]): Promise<void> {
  for (const word of words) {
    await db
      .insert(watchers)
      .values(word)
      .onConflictDoUpdate({
        target: [watchers.channel, watchers.userId],
        set: { isPresent: sql`excluded.is_present`, at: sql`excluded.at` },
        setWhere: sql`excluded.at >= ${watchers.at}`,
      });
  }
}

/** A presence channel without its generation. */
const channelOfCall = sql<string>`regexp_replace(${watchers.channel}, '@[^@]*$', '')`;

/**
 * Who has which call open, by channel without its generation: somebody who moves from one to the next is on both, and here
 * once. Of the channels named, or of all. Nobody keeps a page open for a day.
 */
export async function listMembers(db: Pick<Database, "selectDistinct">, channels?: readonly string[]) {
  return db
    .selectDistinct({ channel: channelOfCall, id: users.id, name: users.name })
    .from(watchers)
    .innerJoin(users, eq(watchers.userId, users.id))
    .where(
      and(
        eq(watchers.isPresent, true),
        eq(users.banned, false),
        gt(watchers.at, sql`now() - interval '1 day'`),
        channels && inArray(channelOfCall, [...channels]),
      ),
    )
    .orderBy(asc(users.name), asc(users.id));
}
