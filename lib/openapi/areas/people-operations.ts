import * as z from "zod";
import { newKeySchema } from "@/lib/auth/new-key-schema";
import { invitationSchema, personChangeSchema } from "@/lib/auth/people";
import type { Operation } from "@/lib/openapi/operation";
import { listOf } from "@/lib/openapi/operation";

export const peopleOperations: readonly Operation[] = [
  {
    path: "/api/people",
    method: "GET",
    summary: "Everybody with an account",
    answer: listOf("people"),
  },
  {
    path: "/api/people/[userId]",
    method: "PATCH",
    summary: "Change a person's role, or block them",
    body: { schema: personChangeSchema },
    answer: z.unknown(),
  },
  {
    path: "/api/people/[userId]",
    method: "DELETE",
    summary: "Remove a person; what they did stays in the audit log",
    answer: z.unknown(),
  },
  {
    path: "/api/people/[userId]/reset-link",
    method: "POST",
    summary: "A link that sets a person's password once",
    answer: z.object({ link: z.string() }),
    status: 201,
  },
  {
    path: "/api/people/[userId]/sessions",
    method: "DELETE",
    summary: "Sign a person out everywhere",
    answer: z.object({ ended: z.int() }),
  },
  {
    path: "/api/invitations",
    method: "GET",
    summary: "Invitations that are open",
    answer: listOf("invitations"),
  },
  {
    path: "/api/invitations",
    method: "POST",
    summary: "Invite an address; the link is shown this once",
    body: { schema: invitationSchema },
    answer: z.object({ link: z.string() }),
    status: 201,
  },
  {
    path: "/api/invitations/[invitationId]",
    method: "DELETE",
    summary: "Withdraw an invitation",
    answer: null,
    status: 204,
  },
  {
    path: "/api/keys",
    method: "GET",
    summary: "All API keys there ever were, without the keys themselves",
    answer: listOf("keys"),
  },
  {
    path: "/api/keys",
    method: "POST",
    summary: "Make a key, shown this once",
    body: { schema: newKeySchema },
    answer: z.object({ key: z.string() }),
    status: 201,
  },
  {
    path: "/api/keys/[keyId]",
    method: "DELETE",
    summary: "Revoke a key for good",
    answer: null,
    status: 204,
  },
];
