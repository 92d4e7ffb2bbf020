import { z } from "zod";
import { alertSchema } from "@/lib/alerts/alert";

/** A page of alerts, newest first. */
export const alertListSchema = z.object({
  alerts: z.array(alertSchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type AlertList = z.infer<typeof alertListSchema>;

/** `1767524032688_<alert id>`: the last alert of the page before, by when it opened (epoch ms) and id. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_.+$/, "This cursor is not one of ours.")
  .transform((cursor) => {
    const separator = cursor.indexOf("_");
    return { openedAt: new Date(Number(cursor.slice(0, separator))), id: cursor.slice(separator + 1) };
  });

/** What a list of alerts may be narrowed by, as it stands in the URL. */
export const alertFilterSchema = z.object({
  state: z.enum(["open", "all"]).default("open"),
  callId: z.string().max(200).optional(),
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export type AlertFilter = z.infer<typeof alertFilterSchema>;
