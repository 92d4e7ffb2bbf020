import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";

/** Vapi's `ServerMessageModelOutput`: a token on the wire, an object in the schema, a list when it is tool calls. */
export const modelOutputSchema = z.looseObject({ output: z.unknown() });

/** A sign of life and nothing else: what the model says is told once it is spoken, what it calls by `tool-calls`. */
export const modelOutput = defineEvent({
  types: ["model-output"],
  schema: modelOutputSchema,
  isChatty: () => true,
  project: () => ({}),
});
