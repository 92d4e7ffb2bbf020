import { z } from "zod";

/** How long the old secret stays valid. A week is long enough to change a setting. */
export const rotationSchema = z.object({ graceHours: z.number().int().min(0).max(168) });
