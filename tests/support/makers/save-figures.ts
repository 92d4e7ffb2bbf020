import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { type CallFigures, callFigures } from "@/db/schema/analytics";
import { calls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";

/** Replaces all calls by these. Analytics read only the figures, so the calls have nothing else. */
export async function saveFigures(all: readonly Omit<CallFigures, "callId">[]): Promise<CallFigures[]> {
  await db.execute(sql`truncate ${calls} cascade`);
  return addFigures(all);
}

/** Adds these calls. */
export async function addFigures(all: readonly Omit<CallFigures, "callId">[]): Promise<CallFigures[]> {
  if (all.length === 0) return [];
  const conversationId = randomUUID();
  await db.insert(conversations).values({ id: conversationId });
  const figures = all.map((one) => ({ callId: randomUUID(), ...one }));
  await db.insert(calls).values(
    figures.map(({ callId: id, at }) => ({
      id,
      conversationId,
      status: "ended",
      statusRank: 1,
      createdAt: at,
      lastEventAt: at,
    })),
  );
  await db.insert(callFigures).values(figures);
  return figures;
}
