import { formatCount, formatMs } from "@/lib/format";
import type { ToolFigures } from "@/lib/tools/tool";

/** "12 calls · p50 0.3 s · p95 1.2 s · 1 failed". */
export function describeFigures({ calls, failures, p50Ms, p95Ms }: ToolFigures): string {
  if (calls === 0) return "Not called yet";
  const latency =
    p50Ms === null || p95Ms === null ? [] : [`p50 ${formatMs(p50Ms)}`, `p95 ${formatMs(p95Ms)}`];
  const failed = failures > 0 ? [`${failures} failed`] : [];
  return [formatCount(calls, "call"), ...latency, ...failed].join(" · ");
}
