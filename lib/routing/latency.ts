import * as z from "zod";

/** What the figures are taken from. */
export const windowMinutes = 15;

/** Vapi hangs up after 7.5 s. From here on somebody ought to look: 3 s is where callers begin to. */
export const alarmingMs = 2_500;

export const routingLatencySchema = z.object({
  count: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

/** How long assistant-requests took lately, from arrival to answer; null where there were none. */
export type RoutingLatency = z.infer<typeof routingLatencySchema>;

/** Whether callers wait so long for who answers them that somebody ought to look. */
export function isSlow({ p95Ms }: RoutingLatency): boolean {
  return p95Ms !== null && p95Ms >= alarmingMs;
}
