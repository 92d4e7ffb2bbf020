import { z } from "zod";

/** What the archive can be narrowed by: what its calls have. */
export const reportFacetsSchema = z.object({
  assistants: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Ours. */
  numbers: z.array(z.string()),
  tags: z.array(z.string()),
});

export type ReportFacets = z.infer<typeof reportFacetsSchema>;
