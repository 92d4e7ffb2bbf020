import { z } from "zod";

/** What an assistant might look up. */
export const knowledgeQuestionSchema = z.object({
  question: z.string().trim().min(1, "Ask something.").max(2_000),
});
