import { db } from "@/db/client";
import { endSessions } from "@/lib/auth/server/people";
import { route } from "@/lib/http/server/route";
import { endRevokedListening } from "@/lib/realtime/server/generation";

export const DELETE = route("DELETE", "/api/sessions/[sessionId]", {
  access: "account.own",
  summary: "End one of your own sessions",
  isForPagesOnly: true,
  answer: null,
  notFound: { detail: "You have no open session with this ID." },
  async handle({ actor, params: { sessionId }, by, notFound }) {
    const ended =
      actor.kind === "person" &&
      (await endSessions(db, { userId: actor.id, email: actor.email, sessionId }, by));
    if (!ended) return notFound();
    await endRevokedListening();
    return null;
  },
});
