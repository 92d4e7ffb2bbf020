import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { dialingCheckSchema } from "@/lib/dialing/rules";
import { mayDial } from "@/lib/dialing/server/dialing";
import { readJson } from "@/lib/http/server/http";

/** `{ eligible, reason }`: whether a campaign might dial `{ number, at? }`, as Vapi would be told. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, dialingCheckSchema);
  if (body.refused) return body.refused;
  const { number, at } = body.value;
  return Response.json(await mayDial(db, number, at ? new Date(at) : new Date()));
}
