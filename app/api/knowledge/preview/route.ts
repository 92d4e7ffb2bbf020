import { z } from "zod";
import { db } from "@/db/client";
import { authorize } from "@/lib/auth/authorize";
import { readJson } from "@/lib/http/read-json";
import { searchKnowledge } from "@/lib/knowledge/search-knowledge";

const bodySchema = z.object({ question: z.string().trim().min(1, "Ask something.").max(2_000) });

/** `{ passages }`: what an assistant would be given for `{ question }`, best first. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, bodySchema);
  if (body.refused) return body.refused;
  return Response.json({ passages: await searchKnowledge(db, body.value.question) });
}
