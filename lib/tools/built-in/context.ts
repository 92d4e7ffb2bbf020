import "server-only";
import { z } from "zod";
import { defineTool } from "@/lib/tools/server/define-tool";
import { describeValue, readPath } from "@/lib/tools/values";

/** Returns the conversation's context: all of it, or one field. */
export const lookupContext = defineTool({
  name: "lookup_context",
  description: "Look up what is known in this conversation, such as the caller's name or plan.",
  effect: "read",
  timeoutMs: 5_000,
  parameters: z.object({
    field: z
      .string()
      .max(200)
      .optional()
      .describe("The field to look up, such as `name` or `address.city`. Omit it to get everything."),
  }),
  run: async ({ args: { field }, context }) => {
    const known = await context();
    if (!field) return Object.keys(known).length > 0 ? describeValue(known) : "Nothing is known yet.";
    const value = readPath(known, field);
    return value === undefined || value === null ? `${field} is not known.` : describeValue(value);
  },
});

const maxLength = 8_000;

const parameters = z.object({
  changes: z
    .record(z.string().min(1).max(100), z.unknown())
    .refine((changes) => Object.keys(changes).length > 0, "is empty.")
    .refine((changes) => JSON.stringify(changes).length <= maxLength, "is too long.")
    .describe('Values to save by name, such as {"plan": "gold"}. Set a name to null to remove it.'),
});

/** Stores something in the conversation's context, for all later tools and assistants. */
export const updateContext = defineTool({
  name: "update_context",
  description: "Save details about this conversation for later, such as what the caller has decided.",
  effect: "write",
  effectClause: "it was saved",
  timeoutMs: 5_000,
  parameters,
  run: async ({ args: { changes }, patchContext }) => {
    await patchContext(changes);
    return `Saved: ${describeValue(changes)}.`;
  },
  rehearse: async ({ args: { changes } }) => `It would save: ${describeValue(changes)}.`,
});
