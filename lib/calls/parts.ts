import * as z from "zod";
import { speakerSchema } from "@/lib/calls/call";
import type { PartialLine } from "@/lib/calls/line";

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

/** A moment of a call. Inserted once, never changed; turns and episodes are derived from these. */
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

/** Keeps one partial per role, the newest. Whether it is still shown depends on the lines: see toTranscript. */
export function mergePartial(partials: readonly PartialLine[], partial: PartialLine): readonly PartialLine[] {
  const known = partials.find((other) => other.role === partial.role);
  if (known && !isNewer(partial, known)) return partials;
  return [...partials.filter((other) => other !== known), partial];
}

/** Of two partials with one stamp the longer text is newer, then the greater, so that their order does not matter. */
function isNewer(a: PartialLine, b: PartialLine): boolean {
  if (a.at !== b.at) return a.at > b.at;
  return a.text.length === b.text.length ? a.text > b.text : a.text.length > b.text.length;
}

export const toolCallSchema = z.object({
  /** Of this row: models repeat tool call ids, and send empty ones. */
  id: z.string(),
  toolCallId: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  askedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  /** Exactly one of the two is set once answered: the text that the assistant got. */
  result: z.string().nullable(),
  error: z.string().nullable(),
  /** Vapi's warnings about the result, such as that it is too large. */
  warnings: z.array(z.string()).nullish(),
});

export type ToolCall = z.infer<typeof toolCallSchema>;

/** One stretch of speech by one voice. `stoppedAt` is null while it goes on. */
export const turnSchema = z.object({
  role: speakerSchema,
  startedAt: z.iso.datetime(),
  stoppedAt: z.iso.datetime().nullable(),
  /** Cut off by the other voice. */
  interrupted: z.boolean(),
});

export type Turn = z.infer<typeof turnSchema>;
