import { z } from "zod";

/** A decision as the API tells it (lib/routing/choose-answer.ts). */
export const shownDecisionSchema = z.object({
  reply: z.record(z.string(), z.unknown()),
  source: z.enum(["conversation", "rule", "default", "fallback", "apology"]),
  rule: z.object({ id: z.string(), name: z.string() }).nullable(),
  findings: z.array(
    z.object({
      ruleId: z.string(),
      name: z.string(),
      outcome: z.enum(["answers", "outranked", "failed", "disabled"]),
      mismatch: z.object({ condition: z.string(), why: z.string() }).nullable(),
    }),
  ),
  remarks: z.array(z.string()),
  at: z.iso.datetime(),
});

export type ShownDecision = z.infer<typeof shownDecisionSchema>;
