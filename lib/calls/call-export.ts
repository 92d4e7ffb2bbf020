import { z } from "zod";

/** As what a call is taken away. */
export const callExportSchema = z.object({ format: z.enum(["json", "txt"]).default("json") });
