import "server-only";
import { z } from "zod";
import { defineTool } from "@/lib/tools/define-tool";
import { describeValue } from "@/lib/tools/describe-value";
import { readPath } from "@/lib/tools/read-path";

/** What the conversation knows: all of it, or one field. */
export const lookupContext = defineTool({
  name: "lookup_context",
  description: "Looks up what is known in this conversation, such as the caller's name or plan.",
  effect: "read",
  timeoutMs: 5_000,
  parameters: z.object({
    field: z
      .string()
      .max(200)
      .optional()
      .describe("What to look up, like `name` or `address.city`. Leave it out for everything."),
  }),
  run: async ({ args: { field }, context }) => {
    const known = await context();
    if (!field) return Object.keys(known).length > 0 ? describeValue(known) : "Nothing is known yet.";
    const value = readPath(known, field);
    return value === undefined || value === null ? `${field} is not known.` : describeValue(value);
  },
});
