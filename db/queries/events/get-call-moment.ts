import "server-only";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { calls } from "@/db/schema/calls";

/** When a call was last heard of, by its own clock; null when there is no such call. */
export async function getCallMoment(db: Pick<Database, "select">, callId: string): Promise<Date | null> {
  const [call] = await db.select({ at: calls.lastEventAt }).from(calls).where(eq(calls.id, callId));
  return call?.at ?? null;
}
