import { z } from "zod";
import { defineSetting } from "@/lib/settings/define-setting";

/** A day at least, so that no call still going on is ever old; ten years at most; null: kept until deleted. */
const days = z.number().int().min(1).max(3_650).nullable();

/** How many days what is kept, counted from the call's beginning (events: from their receipt). */
export const retentionSchema = z.object({
  events: days,
  transcripts: days,
  recordings: days,
  personal: days,
});

export type Retention = z.infer<typeof retentionSchema>;
export type RetentionKind = keyof Retention;
/** The kinds that are taken out of calls; events go by themselves. */
export type CallRetentionKind = Exclude<RetentionKind, "events">;

/** The event log is for finding faults and grows fastest; the rest is a record, and nobody is asked to lose theirs. */
export const retentionSetting = defineSetting("retention", retentionSchema, {
  events: 90,
  transcripts: null,
  recordings: null,
  personal: null,
});
