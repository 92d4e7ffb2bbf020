import { z } from "zod";
import { findSecret } from "@/lib/routing/find-secret";
import { routingSchema } from "@/lib/routing/routing";

/** All rules as they are to be, and the version they were changed from. */
export const routingChangeSchema = z
  .strictObject({ ...routingSchema.shape, version: z.int().min(0) })
  .superRefine(({ rules, defaultAnswer }, context) => {
    const answers = [
      ...rules.map(({ answer, name }) => ({ answer, of: `“${name}”` })),
      { answer: defaultAnswer, of: "the default" },
    ];
    for (const { answer, of } of answers) {
      const path = findSecret(answer);
      if (path === null) continue;
      context.addIssue({
        code: "custom",
        path: ["rules"],
        message: `The answer of ${of} holds a secret (${path}). Keep it in Vapi and name it here by its credentialId.`,
      });
    }
  });
