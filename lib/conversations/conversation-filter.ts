import { z } from "zod";

/** `1767524032688_019b88a4-…`: the last conversation of the page before, by activity (epoch ms) and uuid. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_[0-9a-f-]{36}$/, "This cursor is not one of ours.")
  .transform((cursor) => ({ activeAt: new Date(Number(cursor.slice(0, -37))), uuid: cursor.slice(-36) }));

/** What a list of conversations may be narrowed by, as it stands in the URL. */
export const conversationFilterSchema = z.object({
  q: z.string().trim().max(200).optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type ConversationFilter = z.infer<typeof conversationFilterSchema>;
