import Link from "next/link";
import { outcomes } from "@/lib/calls/report";
import type { HealthDetail } from "@/lib/health/health";

/** How many deliveries had which outcome, each leading to them in the event log. */
export function OutcomeShares({ outcomes: counts }: Pick<HealthDetail, "outcomes">) {
  const all = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (all === 0) return <p className="text-muted">No event came in this period.</p>;
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {outcomes.map((outcome) => (
        <div key={outcome} className="grid gap-0.5 rounded-lg border border-line bg-surface px-4 py-3">
          <dt className="text-muted text-xs">
            <Link href={`/events?outcome=${outcome}`} className="underline">
              {outcome}
            </Link>
          </dt>
          <dd className="font-medium tabular-nums">
            {counts[outcome]}{" "}
            <span className="font-normal text-muted text-xs">
              {((100 * counts[outcome]) / all).toFixed(1)} %
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
