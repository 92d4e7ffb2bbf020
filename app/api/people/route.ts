import { db } from "@/db/client";
import { listPeople } from "@/db/queries/auth/people";
import { authorize } from "@/lib/auth/server/authorize";

/** `{ people }`: everybody with an account. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "people.manage");
  if (refused) return refused;
  return Response.json({ people: await listPeople(db) });
}
