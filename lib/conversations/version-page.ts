import { z } from "zod";

/** Which versions of a context are asked for. */
export const versionPageSchema = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
