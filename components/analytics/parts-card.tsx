import Link from "next/link";
import { Card } from "@/components/analytics/card";
import { Change } from "@/components/analytics/change";
import type { toReportsHref } from "@/components/analytics/to-reports-href";
import { Button } from "@/components/ui/button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { type MetricName, metrics } from "@/lib/analytics/analytics";
import type { Figures } from "@/lib/analytics/figures";

const shown = [
  "calls",
  "minutes",
  "costUsd",
  "hangRate",
  "containment",
  "interruptionRate",
  "deadAirShare",
  "replyP50Ms",
  "replyP95Ms",
] as const satisfies MetricName[];

export interface PartRow {
  key: string;
  label: string;
  figures: Figures;
  before: Figures;
  href: ReturnType<typeof toReportsHref> | null;
}

interface PartsCardProps {
  title: string;
  /** What one of them is: "Assistant". */
  noun: string;
  rows: readonly PartRow[];
  /** The one the page is filtered by. */
  chosen: string | null;
  /** Filters the page by one, or by none again; null where that may not be done. */
  onChoose: ((key: string | null) => void) | null;
}

/** The figures of each assistant, or of each number, beside one another. */
export function PartsCard({ title, noun, rows, chosen, onChoose }: PartsCardProps) {
  return (
    <Card title={title}>
      <ScrollRegion label={`Table of ${title.toLowerCase()}`} className="max-h-[32rem] overflow-auto">
        <table className="w-full whitespace-nowrap text-right text-sm">
          <caption className="sr-only">{title}</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="pb-1.5 text-left font-normal">
                {noun}
              </th>
              {shown.map((name) => (
                <th key={name} scope="col" title={metrics[name].about} className="pb-1.5 pl-4 font-normal">
                  {metrics[name].label}
                </th>
              ))}
              {onChoose && (
                <th scope="col" className="pb-1.5 pl-4 font-normal">
                  <span className="sr-only">Only this one</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, figures, before, href }) => (
              <tr key={`${key} ${label}`} className="border-line border-t align-top">
                <th scope="row" className="max-w-56 truncate py-2 text-left font-normal">
                  {href ? (
                    <Link href={href} prefetch={false} className="text-accent underline">
                      {label}
                    </Link>
                  ) : (
                    label
                  )}
                </th>
                {shown.map((name) => (
                  <td key={name} className="py-2 pl-4">
                    <div>{figures[name] === null ? "–" : metrics[name].format(figures[name])}</div>
                    {figures.calls > 0 && before.calls > 0 && (
                      <div className="text-xs">
                        <Change metric={metrics[name]} now={figures[name]} before={before[name]} />
                      </div>
                    )}
                  </td>
                ))}
                {onChoose && (
                  <td className="py-1.5 pl-4">
                    <Button
                      size="small"
                      aria-label={key === chosen ? `Show all, not only ${label}` : `Only this: ${label}`}
                      onClick={() => onChoose(key === chosen ? null : key)}
                    >
                      {key === chosen ? "Show all" : "Only this"}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
