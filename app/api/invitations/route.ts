import { z } from "zod";
import { db } from "@/db/client";
import { listInvitations } from "@/db/queries/auth/invitations";
import { invitationSchema } from "@/lib/auth/people";
import { invitePerson } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/invitations", {
  access: "people.manage",
  summary: "List open invitations",
  answer: listOf("invitations"),
  handle: async () => ({ invitations: await listInvitations(db) }),
});

export const POST = route("POST", "/api/invitations", {
  access: "people.manage",
  summary: "Invite an address; the link is only shown in this response",
  body: invitationSchema,
  answer: z.object({ link: z.string() }),
  status: 201,
  async handle({ body, by }) {
    const link = await invitePerson(db, body, by);
    return link
      ? { link }
      : problem(409, "Already a member", `${body.email} has an account. Change its role instead.`);
  },
});
