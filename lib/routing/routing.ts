import { z } from "zod";
import { answerSchema } from "@/lib/routing/answer";
import { ruleSchema } from "@/lib/routing/rule";

/** Who takes which call: the first rule that matches, else the default; null: there is none. */
export const routingSchema = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(200, "At most 200 rules.")
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, "Two rules have one id."),
  defaultAnswer: answerSchema.nullable(),
});

export type Routing = z.infer<typeof routingSchema>;

/** With the number of changes there have been, and the last of them. */
export interface VersionedRouting extends Routing {
  version: number;
  changedBy: string | null;
  /** ISO, UTC. */
  changedAt: string | null;
}
