import { z } from "zod";
import {
  overridesSchema,
  transientAssistantSchema,
  transientSquadSchema,
} from "@/lib/routing/transient-assistant";

/** Vapi's own ids are UUIDs; a call answered with anything else ends before it begins. */
const id = z
  .string()
  .trim()
  .pipe(z.guid("Enter the ID that Vapi shows, like 41e4a819-abcd-4e88-8f1e-b9794d12a9ea."));
const overrides = overridesSchema.optional();
const spoken = z
  .string()
  .trim()
  .min(1, "Say something to the caller.")
  .max(500)
  .regex(/^[^\r\n]*$/, "One line, please: it is spoken.");

/** Who takes a call, as an admin chose it. What Vapi is sent is made of it by toReply. */
export const answerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("assistant-id"), assistantId: id, overrides }),
  z.strictObject({ kind: z.literal("assistant"), assistant: transientAssistantSchema, overrides }),
  z.strictObject({ kind: z.literal("squad-id"), squadId: id, overrides }),
  z.strictObject({ kind: z.literal("squad"), squad: transientSquadSchema, overrides }),
  z.strictObject({
    kind: z.literal("workflow-id"),
    workflowId: id,
    overrides: z.strictObject({ variableValues: z.record(z.string(), z.unknown()).optional() }).optional(),
  }),
  z.strictObject({
    kind: z.literal("number"),
    number: z
      .string()
      .trim()
      .regex(/^\+[1-9]\d{5,14}$/, "With its country code and nothing between: +15550100100."),
    extension: z.string().trim().min(1).max(10).optional(),
    message: spoken.optional(),
  }),
  z.strictObject({
    kind: z.literal("sip"),
    sipUri: z
      .string()
      .trim()
      .max(200)
      .regex(/^sips?:[^\s@]+@[^\s@]+$/i, "A SIP address is written like sip:desk@example.com."),
    message: spoken.optional(),
  }),
  z.strictObject({ kind: z.literal("error"), error: spoken }),
]);

export type Answer = z.infer<typeof answerSchema>;
export type AnswerKind = Answer["kind"];
