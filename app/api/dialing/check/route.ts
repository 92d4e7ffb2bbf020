import { z } from "zod";
import { db } from "@/db/client";
import { authorize } from "@/lib/auth/authorize";
import { mayDial } from "@/lib/dialing/may-dial";
import { readJson } from "@/lib/http/read-json";

const bodySchema = z.object({
  number: z.string().trim().min(1, "Type a number.").max(40),
  at: z.iso.datetime({ offset: true }).optional(),
});

/** `{ eligible, reason }`: whether a campaign might dial `{ number, at? }`, as Vapi would be told. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, bodySchema);
  if (body.refused) return body.refused;
  const { number, at } = body.value;
  return Response.json(await mayDial(db, number, at ? new Date(at) : new Date()));
}
