import { db } from "@/db/client";
import { founderSchema } from "@/lib/auth/schemas";
import { clientAddress } from "@/lib/auth/server/client-address";
import { isWelcomeToken } from "@/lib/auth/server/links";
import { createFounder } from "@/lib/auth/server/people";
import { problem, readJson } from "@/lib/http/server/http";

/** Creates the first operator, with SETUP_TOKEN or the token of the link that `npm start` gave. */
export async function POST(request: Request): Promise<Response> {
  const { refused, value } = await readJson(request, founderSchema);
  if (refused) return refused;
  const { token, ...founder } = value;
  if (!isWelcomeToken(token)) {
    return problem(403, "Wrong token", "Use the link that `npm start` gave, or the value of SETUP_TOKEN.");
  }
  const created = await createFounder(db, founder, clientAddress(request.headers));
  if (!created)
    return problem(409, "Already there", "The first operator exists. Sign in, or ask them to invite you.");
  return Response.json({ email: founder.email }, { status: 201 });
}
