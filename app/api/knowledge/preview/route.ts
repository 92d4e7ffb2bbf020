import { z } from "zod";
import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { foundPassageSchema, knowledgeQuestionSchema } from "@/lib/knowledge/knowledge";
import { searchKnowledge } from "@/lib/knowledge/server/knowledge";

/** Best first. */
export const POST = route("POST", "/api/knowledge/preview", {
  access: "settings.manage",
  summary: "Get the passages an assistant would receive for a question",
  body: knowledgeQuestionSchema,
  answer: z.object({ passages: z.array(foundPassageSchema) }),
  handle: async ({ body }) => ({ passages: await searchKnowledge(db, body.question) }),
});
