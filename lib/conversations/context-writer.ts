import { z } from "zod";

/** Whoever changed a context. Names are copied, for people, keys and tools may be gone when somebody reads it. */
export const contextWriterSchema = z.object({
  kind: z.enum(["person", "api-key", "tool", "system"]),
  /** A person's or key's id, a tool call's id; null for the system. */
  id: z.string().nullable(),
  /** A person's or key's name, a tool's name, or what the system did it for. */
  name: z.string(),
});

export type ContextWriter = z.infer<typeof contextWriterSchema>;
