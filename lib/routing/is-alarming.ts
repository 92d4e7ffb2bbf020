import { alarmingMs, type RoutingLatency } from "@/lib/routing/latency";

/** Whether callers wait so long for who answers them that somebody ought to look. */
export function isAlarming({ p95Ms }: RoutingLatency): boolean {
  return p95Ms !== null && p95Ms >= alarmingMs;
}
