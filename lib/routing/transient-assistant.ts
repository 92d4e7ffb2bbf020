import { z } from "zod";

const text = (most: number) => z.string().max(most);
const provided = z.looseObject({ provider: z.string().min(1, "It takes a provider.") });

/**
 * An assistant written out instead of named: the fields of Vapi's `CreateAssistantDTO` that people set by hand are
 * checked, and whatever else Vapi knows goes through as it is. tests/types holds it against the SDK's own type.
 */
export const transientAssistantSchema = z.looseObject({
  name: text(40).optional(),
  firstMessage: z.string().optional(),
  firstMessageMode: z
    .enum([
      "assistant-speaks-first",
      "assistant-speaks-first-with-model-generated-message",
      "assistant-waits-for-user",
    ])
    .optional(),
  firstMessageInterruptionsEnabled: z.boolean().optional(),
  model: provided.optional(),
  voice: provided.optional(),
  transcriber: provided.optional(),
  voicemailMessage: text(1_000).optional(),
  endCallMessage: text(1_000).optional(),
  endCallPhrases: z.array(text(140)).optional(),
  maxDurationSeconds: z.number().min(10).max(43_200).optional(),
  modelOutputInMessagesEnabled: z.boolean().optional(),
  credentialIds: z.array(z.string()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

/** What is changed on an assistant for one call: the same fields, and the variables its templates name. */
export const overridesSchema = transientAssistantSchema.extend({
  variableValues: z.record(z.string(), z.unknown()).optional(),
});

/** Assistants that hand a call to one another, each named or written out. */
export const transientSquadSchema = z.looseObject({
  name: z.string().optional(),
  members: z
    .array(
      z
        .looseObject({
          assistantId: z.string().min(1).optional(),
          assistant: transientAssistantSchema.optional(),
          assistantOverrides: overridesSchema.optional(),
        })
        .refine((member) => member.assistantId !== undefined || member.assistant !== undefined, {
          error: "A member takes an assistantId or an assistant.",
        }),
    )
    .min(1, "A squad has at least one member."),
  membersOverrides: overridesSchema.optional(),
});

export type TransientAssistant = z.infer<typeof transientAssistantSchema>;
export type TransientSquad = z.infer<typeof transientSquadSchema>;
export type Overrides = z.infer<typeof overridesSchema>;
