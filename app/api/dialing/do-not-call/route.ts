import { db } from "@/db/client";
import { listDoNotCall } from "@/db/queries/do-not-call";
import { auditedBy, authorize } from "@/lib/auth/server/authorize";
import { numbersToBarSchema } from "@/lib/dialing/do-not-call";
import { blockNumbers } from "@/lib/dialing/server/dialing";
import { readJson } from "@/lib/http/server/http";

const listed = 1_000;

/** `{ numbers, total }`: the newest thousand of the do-not-call list; of the numbers only their ends. */
export async function GET(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  return Response.json(await listDoNotCall(db, listed));
}

/** Puts `{ numbers }` on the list: `{ added, known, refused }`, the last being what is no number. */
export async function POST(request: Request): Promise<Response> {
  const { refused, actor } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, numbersToBarSchema);
  if (body.refused) return body.refused;
  return Response.json(await blockNumbers(db, body.value.numbers, auditedBy(actor, request)));
}
