import * as z from "zod";
import { daySchema } from "@/lib/zones";

const importStates = ["running", "paused", "done", "cancelled", "failed"] as const;

export type ImportState = (typeof importStates)[number];

const moment = z.iso.datetime();

/** An import started in the browser, with its progress. */
const importJobSchema = z.object({
  id: z.uuid(),
  state: z.enum(importStates),
  /** Imports calls created from here … */
  from: moment,
  until: moment,
  startedBy: z.string(),
  startedAt: moment,
  endedAt: moment.nullable(),
  imported: z.int(),
  /** Calls whose report was stored already. */
  known: z.int(),
  /** Calls still in progress. */
  goingOn: z.int(),
  /** Calls deleted here, which stay deleted. */
  deleted: z.int(),
  failed: z.int(),
  /**
   * Calls processed, and the total: an estimate from the finished part of the span until the import ends; null before
   * the first page.
   */
  done: z.int(),
  total: z.int().nullable(),
  isEstimate: z.boolean(),
  /** The finished part of the span, 0 to 1. */
  share: z.number(),
  /** Why it stopped or what it waits for, as a sentence. */
  error: z.string().nullable(),
});

export type ImportJob = z.infer<typeof importJobSchema>;

export const importStateSchema = z.object({
  /** Whether an API key for Vapi is set. */
  canAsk: z.boolean(),
  /** Newest first. */
  jobs: z.array(importJobSchema),
});

/** Calls to import: days in UTC, both inclusive. */
export const newImportSchema = z
  .object({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to, {
    path: ["to"],
    message: "The last day is before the first.",
  });

/** A requested change of state. */
export const importChangeSchema = z.object({ state: z.enum(["running", "paused", "cancelled"]) });

export type ImportChange = z.infer<typeof importChangeSchema>["state"];
