import { db } from "@/db/client";
import { authorize } from "@/lib/auth/server/authorize";
import { readJson } from "@/lib/http/server/http";
import { knowledgeQuestionSchema } from "@/lib/knowledge/knowledge";
import { searchKnowledge } from "@/lib/knowledge/server/knowledge";

/** `{ passages }`: what an assistant would be given for `{ question }`, best first. */
export async function POST(request: Request): Promise<Response> {
  const { refused } = await authorize(request, "settings.manage");
  if (refused) return refused;
  const body = await readJson(request, knowledgeQuestionSchema);
  if (body.refused) return body.refused;
  return Response.json({ passages: await searchKnowledge(db, body.value.question) });
}
