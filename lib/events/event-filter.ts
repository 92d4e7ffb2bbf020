import { z } from "zod";
import { outcomes } from "@/lib/calls/report";

const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** `2026-08-01T09:30Z`, or without a zone, which is UTC then. */
const moment = z.iso.datetime({ local: true, offset: true }).transform((text) => {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  return new Date(hasZone ? text : `${text}Z`);
});

/** `1767524032688_<event key>`: the last event of the page before, by receipt (epoch ms) and key. */
const cursorSchema = z
  .string()
  .regex(/^\d{12,14}_[0-9a-f-]{36}$/, "This cursor is not one of ours.")
  .transform((cursor) => ({ receivedAt: new Date(Number(cursor.slice(0, -37))), key: cursor.slice(-36) }));

/** Minutes before now that the log can be narrowed to. */
export const lastMinutes = { "15m": 15, "1h": 60, "1d": 24 * 60, "7d": 7 * 24 * 60 } as const;
export const lasts = ["15m", "1h", "1d", "7d"] as const satisfies (keyof typeof lastMinutes)[];

/** Which deliveries are asked for, as the page's URL and the API say it. */
export const eventFilterSchema = z.object({
  type: optional(z.string().trim().max(200)),
  /** `duplicate`: those that came more than once. */
  outcome: optional(z.enum(outcomes)),
  callId: optional(z.string().trim().max(200)),
  conversation: optional(z.guid("A conversation is a UUID.")),
  last: optional(z.enum(lasts)),
  from: optional(moment),
  to: optional(moment),
  cursor: optional(cursorSchema),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type EventFilter = z.infer<typeof eventFilterSchema>;
