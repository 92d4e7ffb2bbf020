import "server-only";
import { and, eq, ne, notLike, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { apiKeys } from "@/db/schema/api-keys";
import { sessions, users } from "@/db/schema/auth";
import { occupiedChannels } from "@/db/schema/occupied-channels";
import { realtimeGenerations, realtimeGrants } from "@/db/schema/realtime-generations";
import { watchers } from "@/db/schema/watchers";
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
