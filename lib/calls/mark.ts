import { z } from "zod";
import { speakerSchema } from "@/lib/calls/speaker";

export const markKinds = [
  "speech-started",
  "speech-stopped",
  "hang",
  "interrupted",
  "transfer",
  "language",
  "assistant-started",
  "transfer-answered",
  "transfer-refused",
  "knowledge",
  "hang-up-asked",
  "forward-asked",
  "stored",
  "not-stored",
  "deleted",
  "delete-failed",
] as const;

/** A moment somebody witnessed. Inserted once, never changed; turns and episodes are derived from these. */
export const markSchema = z.object({
  id: z.string(),
  kind: z.enum(markKinds),
  role: speakerSchema.nullable(),
  turn: z.number().int().nullable(),
  at: z.iso.datetime(),
  /** One short text: the transfer's destination, the language, the assistant's name, the artifact. */
  detail: z.string().nullable(),
});

export type Mark = z.infer<typeof markSchema>;
export type MarkKind = Mark["kind"];
