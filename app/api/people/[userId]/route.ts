import { db } from "@/db/client";
import { personChangeSchema } from "@/lib/auth/people";
import { answerChange, removePerson, setBlocked, setRole } from "@/lib/auth/server/people";
import { route } from "@/lib/http/server/route";
import { endRevokedListening } from "@/lib/realtime/server/generation";

export const PATCH = route("PATCH", "/api/people/[userId]", {
  access: "people.manage",
  summary: "Change a person's role, or block them",
  body: personChangeSchema,
  answer: null,
  async handle({ params: { userId }, body, by }) {
    const outcome =
      "role" in body
        ? await setRole(db, userId, body.role, by)
        : await setBlocked(db, userId, body.blocked, by);
    if (outcome === "done") await endRevokedListening();
    return answerChange(outcome);
  },
});

export const DELETE = route("DELETE", "/api/people/[userId]", {
  access: "people.manage",
  summary: "Remove a person; their actions stay in the audit log",
  answer: null,
  async handle({ params: { userId }, by }) {
    const outcome = await removePerson(db, userId, by);
    if (outcome === "done") await endRevokedListening();
    return answerChange(outcome);
  },
});
