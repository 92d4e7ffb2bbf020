import { z } from "zod";
import { conversationVersionSchema } from "@/lib/conversations/conversation-version";

/** A version as a list shows it: without the context itself. */
export const listedVersionSchema = conversationVersionSchema.omit({ context: true });

export const versionListSchema = z.object({
  versions: z.array(listedVersionSchema),
  /** The version the next page starts below; null on the last. */
  nextBefore: z.number().int().nullable(),
});

export type ListedVersion = z.infer<typeof listedVersionSchema>;
export type VersionList = z.infer<typeof versionListSchema>;
