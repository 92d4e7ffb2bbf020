import { db } from "@/db/client";
import { resetSecondFactors } from "@/lib/auth/server/second-factor";
import { route } from "@/lib/http/server/route";
import { endRevokedListening } from "@/lib/realtime/server/generation";

export const DELETE = route("DELETE", "/api/people/[userId]/second-factor", {
  access: "people.manage",
  summary: "Remove a person's authenticator app, recovery codes and passkeys, and sign them out",
  answer: null,
  notFound: { detail: "No person has this ID." },
  async handle({ params: { userId }, by, notFound }) {
    const email = await resetSecondFactors(db, { id: userId }, by);
    if (email === null) return notFound();
    await endRevokedListening();
    return null;
  },
});
