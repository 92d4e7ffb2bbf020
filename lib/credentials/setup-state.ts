import { z } from "zod";

const explained = z.object({
  key: z.string(),
  what: z.string(),
  change: z.string(),
  headerNames: z.array(z.string()),
  addressRange: z.string().nullable(),
  count: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});

/** What the setup check knows: the newest delivery that was let in, and the newest kinds that were not. */
export const setupStateSchema = z.object({
  /** The server's clock, so that a browser's need not be right. */
  now: z.iso.datetime(),
  /** Null until a first event came. */
  admitted: z
    .object({
      credential: z.string(),
      /** To the minute: uses are noted once a minute. */
      usedAt: z.iso.datetime(),
      lastEventAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  refusals: z.array(explained),
});

export type SetupState = z.infer<typeof setupStateSchema>;
export type ExplainedRefusal = z.infer<typeof explained>;
