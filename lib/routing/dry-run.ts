import { z } from "zod";
import { isZone } from "@/lib/is-zone";

const number = z.string().trim().max(200).default("");

/** A call that does not take place: who calls whom, when by which clock, in which conversation. */
export const dryRunSchema = z.strictObject({
  caller: number,
  called: number,
  local: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "A time is written like 2026-03-29T09:30.")
    .refine((text) => !Number.isNaN(Date.parse(`${text}:00Z`)), "There is no such time."),
  zone: z.string().max(100).refine(isZone, "This is no time zone. One is written like Europe/Berlin."),
  conversationUuid: z.guid("A conversation is named by its UUID.").or(z.literal("")).default(""),
});

export type DryRun = z.infer<typeof dryRunSchema>;
