import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { revokeSessions } from "@/db/queries/auth/revoke-sessions";
import type { By } from "@/lib/audit/audit";

/** Whose sessions to end, and which: all of them, or one. */
export type SessionsToEnd = { userId: string; email: string; sessionId?: string };

/** Ends open sessions; how many there were. */
export async function endSessions(db: Database, which: SessionsToEnd, by: By): Promise<number> {
  const { userId, email, sessionId } = which;
  return db.transaction(async (tx) => {
    const ended = await revokeSessions(tx, userId, sessionId);
    if (ended > 0) {
      const detail = { sessions: String(ended) };
      await recordAudit(tx, { ...by, action: "session.revoked", target: email, detail });
    }
    return ended;
  });
}
