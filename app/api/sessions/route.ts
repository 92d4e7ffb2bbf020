import { db } from "@/db/client";
import { listSessions } from "@/db/queries/auth/people";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/sessions", {
  access: "account.own",
  summary: "List your own open sessions",
  isForPagesOnly: true,
  answer: listOf("sessions"),
  async handle({ actor }) {
    const own = actor.kind === "person" ? await listSessions(db, actor.id) : [];
    const current = actor.kind === "person" ? actor.sessionId : null;
    return { sessions: own.map((session) => ({ ...session, current: session.id === current })) };
  },
});
