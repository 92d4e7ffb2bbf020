import { LocalTime } from "@/components/clock/local-time";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { formatCount } from "@/lib/format";
import type { Source } from "@/lib/routing/choose-answer";
import { sourceLabels } from "@/lib/routing/describe-routing";
import { type RoutingLatency, windowMinutes } from "@/lib/routing/latency";

export interface ShownRequest {
  id: string;
  arrivedAt: string;
  decidedMs: number;
  answeredMs: number;
  source: Source;
  ruleName: string | null;
}

interface LatencyPanelProps {
  latency: RoutingLatency;
  requests: readonly ShownRequest[];
}

/** How long callers wait for the routing decision. */
export function LatencyPanel({ latency: { count, p50Ms, p95Ms }, requests }: LatencyPanelProps) {
  if (requests.length === 0) return <p className="text-muted">No requests yet.</p>;
  return (
    <div className="grid gap-3">
      <p>
        {count === 0
          ? `No requests in the last ${windowMinutes} minutes.`
          : `Last ${windowMinutes} minutes: ${formatCount(count, "request")}, p50 ${p50Ms} ms, p95 ${p95Ms} ms.`}
      </p>
      <ScrollRegion
        label="Requests"
        className="max-h-96 overflow-auto rounded-lg border border-line bg-surface"
      >
        <table className="w-full text-left text-sm">
          <thead className="sticky top-0 bg-surface text-muted">
            <tr>
              <th className="px-3 py-2 font-medium">Arrived</th>
              <th className="px-3 py-2 font-medium">Answered by</th>
              <th className="px-3 py-2 text-right font-medium">Decided</th>
              <th className="px-3 py-2 text-right font-medium">Answered</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {requests.map(({ id, arrivedAt, decidedMs, answeredMs, source, ruleName }) => (
              <tr key={id}>
                <td className="whitespace-nowrap px-3 py-2">
                  <LocalTime at={arrivedAt} />
                </td>
                <td className="wrap-anywhere min-w-40 px-3 py-2">{ruleName ?? sourceLabels[source]}</td>
                <td className="whitespace-nowrap px-3 py-2 text-right">{decidedMs} ms</td>
                <td className="whitespace-nowrap px-3 py-2 text-right">{answeredMs} ms</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
