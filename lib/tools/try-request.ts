import { z } from "zod";

/** A run that a person asks for. Dry unless they say otherwise: then a tool with an effect only tells what it would do. */
export const tryRequestSchema = z.strictObject({
  args: z.record(z.string(), z.unknown()),
  isDry: z.boolean().default(true),
  /** Whose context the tool sees; null: nobody's. */
  conversationId: z.guid().nullable().default(null),
  /** Who is said to call. */
  customerNumber: z.string().trim().min(1).max(100).nullable().default(null),
});

export type TryRequest = z.infer<typeof tryRequestSchema>;

/** What came of it, just as an assistant would be told. */
export const triedSchema = z.object({
  result: z.string().nullable(),
  error: z.string().nullable(),
  tookMs: z.number(),
});

export type Tried = z.infer<typeof triedSchema>;
