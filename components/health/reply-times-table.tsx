import { Badge } from "@/components/settings/row";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { formatMs } from "@/lib/format";
import type { ReplyTimes } from "@/lib/health/detail";

const figures = ["p50", "p95", "p99"] as const;

/** Response times by event type; types that Vapi waits for come first. */
export function ReplyTimesTable({ replies }: { replies: readonly ReplyTimes[] }) {
  if (replies.length === 0) return <p className="text-muted">No events in this period.</p>;
  return (
    <ScrollRegion
      label="Response times by type"
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full text-left text-sm">
        <thead className="text-muted text-xs">
          <tr>
            {["Type", "Events", ...figures].map((name) => (
              <th key={name} scope="col" className="px-2 py-2 sm:px-3 font-medium not-first:text-right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {replies.map((row) => (
            <tr key={row.type}>
              <th scope="row" className="wrap-break-word px-2 py-2 sm:px-3 font-normal">
                {row.type}
                {row.isAnswered && <Badge>Vapi waits</Badge>}
              </th>
              <td className="px-2 py-2 sm:px-3 text-right">{row.events.toLocaleString("en")}</td>
              {figures.map((figure) => (
                <td key={figure} className="whitespace-nowrap px-2 py-2 sm:px-3 text-right">
                  {formatTime(row[figure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function formatTime(ms: number | null) {
  return ms === null ? <span className="text-muted">not measured</span> : formatMs(ms);
}
