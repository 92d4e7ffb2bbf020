import { z } from "zod";
import { readUuid } from "@/lib/read-uuid";

const name = z.string().min(1).optional();

/** Vapi's `HandoffDestinationAssistant` and `…Squad`, by name or id; whatever more they have goes along. */
const handoffDestinationSchema = z.union([
  z
    .looseObject({ type: z.literal("assistant"), assistantId: name, assistantName: name })
    .refine(({ assistantId, assistantName }) => assistantId ?? assistantName),
  z.looseObject({ type: z.literal("squad"), squadId: z.string().min(1) }),
]);

export type HandoffDestination = z.infer<typeof handoffDestinationSchema>;

/** Whom to hand over to: an assistant's id or name, or one of Vapi's destinations. Null for what is neither. */
export function readHandoffDestination(value: unknown): HandoffDestination | null {
  if (typeof value !== "string") return handoffDestinationSchema.safeParse(value).data ?? null;
  const text = value.trim();
  if (text === "") return null;
  return readUuid(text) !== null
    ? { type: "assistant", assistantId: text }
    : { type: "assistant", assistantName: text };
}
