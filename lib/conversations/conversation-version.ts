import { z } from "zod";
import { contextWriterSchema } from "@/lib/conversations/context-writer";

/**
 * How a version came to be. `made`: with the conversation; `patched`: some keys; `replaced`: as a whole; `restored`: an
 * earlier one again; `forgotten`: retention or a deletion took it all.
 */
export const versionKindSchema = z.enum(["made", "patched", "replaced", "restored", "forgotten"]);

/** One version of a conversation's context. */
export const conversationVersionSchema = z.object({
  version: z.number().int(),
  context: z.record(z.string(), z.unknown()),
  kind: versionKindSchema,
  by: contextWriterSchema,
  /** What it touched: `customer.name`, `items.2`. The first few. */
  changed: z.array(z.string()),
  restored: z.number().int().nullable(),
  at: z.iso.datetime(),
});

export type VersionKind = z.infer<typeof versionKindSchema>;
export type ConversationVersion = z.infer<typeof conversationVersionSchema>;
