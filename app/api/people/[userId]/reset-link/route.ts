import { z } from "zod";
import { db } from "@/db/client";
import { makeResetLink } from "@/lib/auth/server/links";
import { route } from "@/lib/http/server/route";

/** The link is valid for an hour. */
export const POST = route("POST", "/api/people/[userId]/reset-link", {
  access: "people.manage",
  summary: "Create a one-time link that sets a person's password",
  answer: z.object({ link: z.string() }),
  status: 201,
  notFound: { detail: "No person has this ID." },
  async handle({ params: { userId }, by, notFound }) {
    const link = await makeResetLink(db, { id: userId }, by);
    return link ? { link } : notFound();
  },
});
