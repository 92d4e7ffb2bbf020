import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions } from "@/db/schema/auth";

/** Ends all sessions of a person, or the one named; how many there were. */
export async function revokeSessions(
  db: Pick<Database, "delete">,
  userId: string,
  sessionId?: string,
): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), sessionId === undefined ? undefined : eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  return ended.length;
}
