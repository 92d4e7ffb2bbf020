import { z } from "zod";
import { answerSchema } from "@/lib/routing/answer";
import { conditionsSchema } from "@/lib/routing/conditions";

/** One rule: when it matches, and who takes the call then. */
export const ruleSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1, "Give the rule a name.").max(100),
  isEnabled: z.boolean().default(true),
  when: conditionsSchema.prefault({}),
  answer: answerSchema,
});

export type Rule = z.infer<typeof ruleSchema>;
