import { z } from "zod";

export const toolCallSchema = z.object({
  id: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  askedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  /** Exactly one of the two once answered: what the assistant was told. */
  result: z.string().nullable(),
  error: z.string().nullable(),
});

export type ToolCall = z.infer<typeof toolCallSchema>;
