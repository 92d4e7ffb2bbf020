import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { getSetupState } from "@/lib/credentials/server/manage";

/** What the setup check polls: the newest delivery that was let in, and the newest that were not, explained. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "credentials.manage");
  if (refused) return refused;
  return Response.json(await getSetupState(db), { headers: { "cache-control": "no-store" } });
}
