import "server-only";
import { and, asc, eq, gt, inArray, lt, ne, notInArray, notLike, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { apiKeys, sessions, users } from "@/db/schema/auth";
import { occupiedChannels, realtimeGenerations, realtimeGrants, watchers } from "@/db/schema/operations";
import type { Role } from "@/lib/auth/roles";

export type GenerationState = {
  generation: string;
  /** Somebody who may listen to the current generation has lost what it was granted for. */
  isRevoked: boolean;
};

export type Grant = { generation: string; holderKind: "person" | "api-key"; holderId: string; role: Role };

/**
 * True while a grant's session or key is what it was: there, in time, not blocked, with the same role. Derived from the
 * rows themselves, so that no way of revoking (a cascade, an expiry, a statement by hand) can be forgotten.
 */
const isGrantGood = sql`coalesce(
  (${sessions.expiresAt} > now() and not ${users.banned} and ${users.role} = ${realtimeGrants.role})
  or (${apiKeys.id} is not null and ${apiKeys.revokedAt} is null
      and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now()) and ${apiKeys.role} = ${realtimeGrants.role}),
  false)`;

/** The generation of channel names in use, and whether it has to end. @param first the name it gets if there is none yet */
export async function readGeneration(
  db: Pick<Database, "select" | "insert">,
  first: string,
): Promise<GenerationState> {
  const found = await findGeneration(db);
  if (found) return found;
  await db.insert(realtimeGenerations).values({ generation: first }).onConflictDoNothing();
  return (await findGeneration(db)) ?? { generation: first, isRevoked: false };
}

async function findGeneration(db: Pick<Database, "select">): Promise<GenerationState | undefined> {
  const keyId = sql`case when ${realtimeGrants.holderKind} = 'api-key' then ${realtimeGrants.holderId}::uuid end`;
  const [row] = await db
    .select({
      generation: realtimeGenerations.generation,
      isRevoked: sql<boolean>`coalesce(bool_or(${realtimeGrants.holderId} is not null and not ${isGrantGood}), false)`,
    })
    .from(realtimeGenerations)
    .leftJoin(realtimeGrants, eq(realtimeGrants.generation, realtimeGenerations.generation))
    .leftJoin(
      sessions,
      and(eq(realtimeGrants.holderKind, "person"), eq(sessions.id, realtimeGrants.holderId)),
    )
    .leftJoin(users, eq(users.id, sessions.userId))
    .leftJoin(apiKeys, eq(apiKeys.id, keyId))
    .groupBy(realtimeGenerations.generation);
  return row;
}

/** Notes who may listen to a generation, before they are let in. */
export async function recordGrant(db: Pick<Database, "insert">, grant: Grant): Promise<void> {
  await db.insert(realtimeGrants).values(grant).onConflictDoNothing();
}

/** Ends a generation; of several who try, one does. What was known of channels older than this one goes. */
export async function rotateGeneration(db: Database, from: string, to: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [rotated] = await tx
      .update(realtimeGenerations)
      .set({ generation: to })
      .where(eq(realtimeGenerations.generation, from))
      .returning({ id: realtimeGenerations.id });
    if (!rotated) return false;
    await tx.delete(realtimeGrants).where(ne(realtimeGrants.generation, to));
    await tx.delete(watchers).where(notLike(watchers.channel, `%@${from}`));
    await tx
      .delete(occupiedChannels)
      .where(
        sql`${occupiedChannels.channel} like '%@%' and ${occupiedChannels.channel} not like ${`%@${from}`}`,
      );
    return true;
  });
}

export type MemberWord = typeof watchers.$inferInsert;

/** Takes in words of who has a call open. Of two about one person the newer stands, whichever comes first. */
export async function recordMembers(
  db: Pick<Database, "insert">,
  words: readonly MemberWord[],
): Promise<void> {
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

/** Which channels fill or are empty by the last word of each; nothing where nobody has ever said a word. */
export async function listOccupancy(db: Pick<Database, "select">) {
  return db
    .select({ channel: occupiedChannels.channel, isOccupied: occupiedChannels.isOccupied })
    .from(occupiedChannels);
}

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

export type OccupancyWord = typeof occupiedChannels.$inferInsert;

/** Takes in words of channels that fill and empty. Of two about one channel the newer stands, whichever comes first. */
export async function recordOccupancy(
  db: Pick<Database, "insert">,
  words: readonly OccupancyWord[],
): Promise<void> {
  const newest = new Map<string, OccupancyWord>();
  for (const word of words) {
    const known = newest.get(word.channel);
    if (!known || known.at <= word.at) newest.set(word.channel, word);
  }
  if (newest.size === 0) return;
  await db
    .insert(occupiedChannels)
    .values([...newest.values()].sort((a, b) => (a.channel < b.channel ? -1 : 1)))
    .onConflictDoUpdate({
      target: occupiedChannels.channel,
      set: { isOccupied: sql`excluded.is_occupied`, at: sql`excluded.at` },
      setWhere: sql`excluded.at >= ${occupiedChannels.at}`,
    });
}

/** Channels that Pusher does not name as occupied become vacant, and are forgotten after a day. */
export async function vacateOthers(
  db: Pick<Database, "update" | "delete">,
  occupied: readonly string[],
): Promise<void> {
  await db
    .update(occupiedChannels)
    .set({ isOccupied: false })
    .where(
      and(
        eq(occupiedChannels.isOccupied, true),
        // What was said within seconds may be newer than Pusher's answer.
        lt(occupiedChannels.at, sql`now() - interval '10 seconds'`),
        notInArray(occupiedChannels.channel, [...occupied]),
      ),
    );
  await db
    .delete(occupiedChannels)
    .where(
      and(eq(occupiedChannels.isOccupied, false), lt(occupiedChannels.at, sql`now() - interval '1 day'`)),
    );
}
