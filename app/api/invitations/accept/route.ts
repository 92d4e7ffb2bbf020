import { db } from "@/db/client";
import { acceptanceSchema } from "@/lib/auth/schemas";
import { clientAddress } from "@/lib/auth/server/client-address";
import { acceptInvitation } from "@/lib/auth/server/people";
import { problem, readJson } from "@/lib/http/server/http";

/** Accepts an invitation with a password, for whoever has its link: 201 `{ email }`, to sign in with. */
export async function POST(request: Request): Promise<Response> {
  const { refused, value } = await readJson(request, acceptanceSchema);
  if (refused) return refused;
  const email = await acceptInvitation(db, value, clientAddress(request.headers));
  if (!email)
    return problem(410, "Not open", "This invitation was used, withdrawn or has expired. Ask for another.");
  return Response.json({ email }, { status: 201 });
}
