import { z } from "zod";

export const toolCallSchema = z.object({
  /** Of this row: models repeat tool call ids, and send empty ones. */
  id: z.string(),
  toolCallId: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  askedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  /** Exactly one of the two once answered: what the assistant was told. */
  result: z.string().nullable(),
  error: z.string().nullable(),
  /** What Vapi says of the result, such as that it is too large. */
  warnings: z.array(z.string()).nullish(),
});

export type ToolCall = z.infer<typeof toolCallSchema>;
