import { z } from "zod";
import { db } from "@/db/client";
import { findEmail } from "@/db/queries/auth/people";
import { endSessions } from "@/lib/auth/server/people";
import { route } from "@/lib/http/server/route";
import { endRevokedListening } from "@/lib/realtime/server/generation";

/** `{ ended }`: the number of sessions ended. */
export const DELETE = route("DELETE", "/api/people/[userId]/sessions", {
  access: "people.manage",
  summary: "Sign a person out everywhere",
  answer: z.object({ ended: z.int() }),
  notFound: { detail: "No person has this ID." },
  async handle({ params: { userId }, by, notFound }) {
    const email = await findEmail(db, { id: userId });
    if (!email) return notFound();
    const ended = await endSessions(db, { userId, email }, by);
    await endRevokedListening();
    return { ended };
  },
});
