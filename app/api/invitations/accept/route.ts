import { z } from "zod";
import { db } from "@/db/client";
import { acceptanceSchema } from "@/lib/auth/schemas";
import { clientAddress } from "@/lib/auth/server/client-address";
import { acceptInvitation } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

/** Takes the token from an invitation's link. */
export const POST = route("POST", "/api/invitations/accept", {
  access: "public",
  summary: "Accept an invitation and set a password; returns the `email` to sign in with",
  isForPagesOnly: true,
  body: acceptanceSchema,
  answer: z.object({ email: z.string() }),
  status: 201,
  async handle({ request, body }) {
    const email = await acceptInvitation(db, body, clientAddress(request.headers));
    return email
      ? { email }
      : problem(
          410,
          "Invitation not open",
          "This invitation was used, withdrawn or has expired. Ask for a new one.",
        );
  },
});
