import { z } from "zod";

/** `1767524032688_019b88a4-…`: the last call of the page before, by creation (epoch ms) and id. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_.+$/, "This cursor is not one of ours.")
  .transform((cursor) => {
    const separator = cursor.indexOf("_");
    return { createdAt: new Date(Number(cursor.slice(0, separator))), id: cursor.slice(separator + 1) };
  });

/** What a list of calls may be narrowed by, as it stands in the URL. */
export const callFilterSchema = z.object({
  /** `board`: what the live board shows, which is the live ones and those that ended a moment ago. */
  state: z.enum(["live", "ended", "board"]).optional(),
  q: z.string().trim().max(200).optional(),
  assistantId: z.string().max(200).optional(),
  conversationId: z.guid().toLowerCase().optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export type CallFilter = z.infer<typeof callFilterSchema>;
