import { db } from "@/db/client";
import { withdrawInvitation } from "@/lib/auth/server/people";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const DELETE = route("DELETE", "/api/invitations/[invitationId]", {
  access: "people.manage",
  summary: "Withdraw an invitation",
  params: { invitationId: uuidSchema },
  answer: null,
  notFound: { detail: "No open invitation has this ID." },
  handle: async ({ params, by, notFound }) =>
    (await withdrawInvitation(db, params.invitationId, by)) ? null : notFound(),
});
