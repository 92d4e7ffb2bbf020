import { z } from "zod";
import { outcomes } from "@/lib/calls/report";

const moment = z.iso.datetime();

/** One delivery as the list of the event log shows it. */
export const eventEntrySchema = z.object({
  key: z.string(),
  type: z.string(),
  outcome: z.enum(outcomes).exclude(["duplicate"]),
  /** Vapi's stamp, or the time of receipt where it sent none. */
  at: moment,
  receivedAt: moment,
  bytes: z.int(),
  /** From receipt to the answer; null where it was not measured. */
  tookMs: z.int().nullable(),
  /** How often the very same delivery came again, and when last. */
  repeats: z.int(),
  repeatedAt: moment.nullable(),
  callId: z.string().nullable(),
  /** What a person calls the call. */
  callTitle: z.string().nullable(),
  conversationUuid: z.string().nullable(),
  /** The first thing that is wrong with a malformed one. */
  problem: z.string().nullable(),
  /** The beginning of the answer it was given; null for `{}`. */
  answer: z.string().nullable(),
});

export type EventEntry = z.infer<typeof eventEntrySchema>;

/** A page of the event log, newest first. */
export const eventListSchema = z.object({
  events: z.array(eventEntrySchema),
  /** Where the next page starts; null on the last. */
  nextCursor: z.string().nullable(),
});

export type EventList = z.infer<typeof eventListSchema>;
