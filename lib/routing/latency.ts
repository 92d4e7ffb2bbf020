import * as z from "zod";

/** Period that the figures cover. */
export const windowMinutes = 15;

/** Vapi hangs up after 7.5 s and callers notice after about 3 s, so someone should look from here on. */
const alarmingMs = 2_500;

export const routingLatencySchema = z.object({
  count: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

/** Recent response times of assistant-requests, from arrival to response; null if there were none. */
export type RoutingLatency = z.infer<typeof routingLatencySchema>;

/** Whether routing is so slow that someone should look. */
export function isSlow({ p95Ms }: RoutingLatency): boolean {
  return p95Ms !== null && p95Ms >= alarmingMs;
}
