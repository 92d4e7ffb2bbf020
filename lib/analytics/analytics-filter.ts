import { z } from "zod";
import { isZone } from "@/lib/is-zone";

const day = z.iso.date("must be a day like 2026-08-31");

/** What analytics are asked for. Days are whole days of the zone, both included. */
export const analyticsFilterSchema = z
  .object({
    from: day,
    to: day,
    /** An IANA zone: "Europe/Berlin". */
    zone: z.string().max(64).refine(isZone, "is no time zone").default("UTC"),
    /** An assistant's id, or its name where it has none. */
    assistant: z.string().max(200).optional(),
    /** One of our numbers. */
    number: z.string().max(200).optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "must not be before from" })
  .refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 < 366, {
    path: ["from"],
    message: "must not be more than a year before to",
  });

export type AnalyticsFilter = z.infer<typeof analyticsFilterSchema>;
