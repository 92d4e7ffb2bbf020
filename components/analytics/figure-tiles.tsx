import Link from "next/link";
import { Change } from "@/components/analytics/change";
import { toReportsHref } from "@/components/analytics/to-reports-href";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import { metricNames, metrics } from "@/lib/analytics/analytics";

interface FigureTilesProps {
  analytics: Analytics;
  filter: AnalyticsFilter;
}

/** The period in figures, each beside what it was before. Each leads to the reports it was made from. */
export function FigureTiles({ analytics: { total }, filter }: FigureTilesProps) {
  return (
    <ul
      aria-label="Figures"
      className="grid grid-cols-2 gap-px overflow-hidden border-line border-y bg-line sm:grid-cols-3 sm:rounded-lg sm:border lg:grid-cols-5"
    >
      {metricNames.map((name) => {
        const metric = metrics[name];
        const value = total.figures[name];
        return (
          <li key={name} className="grid bg-surface">
            <Link
              href={toReportsHref(filter, name === "hangRate" ? { hang: "yes" } : {})}
              prefetch={false}
              title={metric.about}
              className="grid content-start gap-0.5 p-3 hover:bg-hover sm:p-4"
            >
              <span className="text-muted text-xs">{metric.label}</span>
              <span className="font-semibold text-2xl">{value === null ? "–" : metric.format(value)}</span>
              <span className="text-xs">
                {value === null ? (
                  <span className="text-muted">not known</span>
                ) : (
                  <Change metric={metric} now={value} before={total.before[name]} />
                )}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
