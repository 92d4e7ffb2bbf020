import "server-only";
import { and, asc, eq, gt, inArray, lt, ne, notInArray, notLike, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { apiKeys, sessions, users } from "@/db/schema/auth";
import { occupiedChannels, realtimeGenerations, realtimeGrants, watchers } from "@/db/schema/operations";
import type { Role } from "@/lib/auth/roles";

export type GenerationState = {
  generation: string;
  /** Whether someone with access to the current generation has lost the permission. */
  isRevoked: boolean;
};

export type Grant = { generation: string; holderKind: "person" | "api-key"; holderId: string; role: Role };

/**
 * Whether a grant's session or key is unchanged: it exists, is valid and not blocked, and has the same role. Derived from those
 * rows, so that no way of revoking (a cascade, an expiry, manual SQL) is missed.
 */
const isGrantGood = sql`coalesce(
  (${sessions.expiresAt} > now() and not ${users.banned} and ${users.role} = ${realtimeGrants.role})
  or (${apiKeys.id} is not null and ${apiKeys.revokedAt} is null
      and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > now()) and ${apiKeys.role} = ${realtimeGrants.role}),
  false)`;

/**
 * The current generation of channel names, and whether it must end.
 * @param first the name used if there is none yet
 */
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

/**
 * Records that a person or key may subscribe to a generation of the channels. Call it before giving them the channel names.
 */
export async function recordGrant(db: Pick<Database, "insert">, grant: Grant): Promise<void> {
  await db.insert(realtimeGrants).values(grant).onConflictDoNothing();
}

/** Ends a generation: of several concurrent callers, only one does. Deletes the state of channels older than `from`. */
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

export type MemberEvent = typeof watchers.$inferInsert;

/** Stores member events. Of two about the same person, the newer one wins, in either order. */
export async function recordMembers(
  db: Pick<Database, "insert">,
  events: readonly MemberEvent[],
): Promise<void> {
  for (const event of events) {
    await db
      .insert(watchers)
      .values(event)
      .onConflictDoUpdate({
        target: [watchers.channel, watchers.userId],
        set: { isPresent: sql`excluded.is_present`, at: sql`excluded.at` },
        setWhere: sql`excluded.at >= ${watchers.at}`,
      });
  }
}

/** A presence channel's name without its generation. */
const channelOfCall = sql<string>`regexp_replace(${watchers.channel}, '@[^@]*$', '')`;

/** Whether each channel is occupied, by its newest event. Channels without any event are missing. */
export async function listOccupancy(db: Pick<Database, "select">) {
  return db
    .select({ channel: occupiedChannels.channel, isOccupied: occupiedChannels.isOccupied })
    .from(occupiedChannels);
}

/**
 * People with a call open, by channel without its generation, so that someone moving between generations is listed once. For
 * the given channels or all. Entries older than a day are ignored.
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

export type OccupancyEvent = typeof occupiedChannels.$inferInsert;

/** Stores occupancy events. Of two about the same channel, the newer one wins, in either order. */
export async function recordOccupancy(
  db: Pick<Database, "insert">,
  events: readonly OccupancyEvent[],
): Promise<void> {
  const newest = new Map<string, OccupancyEvent>();
  for (const event of events) {
    const known = newest.get(event.channel);
    if (!known || known.at <= event.at) newest.set(event.channel, event);
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

/** Marks channels that Pusher does not list as vacant, and deletes them after a day. */
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
        // An event a few seconds old may be newer than Pusher's answer.
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
