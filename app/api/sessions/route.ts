import { db } from "@/db/client";
import { listSessions } from "@/db/queries/auth/people";
import { authorize } from "@/lib/auth/server/authorize";

/** `{ sessions }`: one's own open sessions; a key has none. */
export async function GET(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "account.own");
  if (refused) return refused;
  const own = actor.kind === "person" ? await listSessions(db, actor.id) : [];
  const current = actor.kind === "person" ? actor.sessionId : null;
  return Response.json({ sessions: own.map((session) => ({ ...session, current: session.id === current })) });
}
