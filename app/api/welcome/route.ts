import { z } from "zod";
import { db } from "@/db/client";
import { founderSchema } from "@/lib/auth/schemas";
import { clientAddress } from "@/lib/auth/server/client-address";
import { isWelcomeToken } from "@/lib/auth/server/links";
import { createFounder } from "@/lib/auth/server/people";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

/** Takes SETUP_TOKEN, or the token of the link that `npm start` printed. */
export const POST = route("POST", "/api/welcome", {
  access: "public",
  summary: "Create the first admin",
  isForPagesOnly: true,
  body: founderSchema,
  answer: z.object({ email: z.string() }),
  status: 201,
  async handle({ request, body }) {
    const { token, ...founder } = body;
    if (!isWelcomeToken(token)) {
      return problem(
        403,
        "Wrong setup token",
        "Use the link that `npm start` printed, or the value of SETUP_TOKEN.",
      );
    }
    const isCreated = await createFounder(db, founder, clientAddress(request.headers));
    return isCreated
      ? { email: founder.email }
      : problem(
          409,
          "Already exists",
          "The first admin already exists. Sign in, or ask them for an invitation.",
        );
  },
});
