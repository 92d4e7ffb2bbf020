import Link from "next/link";
import { stepLabel } from "@/components/analytics/step-label";
import type { toReportsHref } from "@/components/analytics/to-reports-href";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Analytics } from "@/lib/analytics/analytics";
import { metricNames, metrics } from "@/lib/analytics/analytics";

interface StepsTableProps {
  steps: Analytics["steps"];
  zone: string;
  toHref: (step: Analytics["steps"][number]) => ReturnType<typeof toReportsHref>;
  /** Read out only, beside the chart: links that nobody sees must not be reached by the keyboard. */
  isHidden: boolean;
}

/** Every figure over time. */
export function StepsTable({ steps, zone, toHref, isHidden }: StepsTableProps) {
  const table = (
    <table className="w-full whitespace-nowrap text-right text-sm">
      <caption className="sr-only">Figures over time</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-1.5 pr-3 text-left font-normal">
            From
          </th>
          {metricNames.map((name) => (
            <th key={name} scope="col" className="py-1.5 pl-3 font-normal">
              {metrics[name].label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.from} className="border-line border-t">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal">
              {isHidden ? (
                stepLabel(step, zone)
              ) : (
                <Link href={toHref(step)} prefetch={false} className="text-accent underline">
                  {stepLabel(step, zone)}
                </Link>
              )}
            </th>
            {metricNames.map((name) => {
              const value = step.figures[name];
              return (
                <td key={name} className="py-1.5 pl-3">
                  {value === null ? "–" : metrics[name].format(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (isHidden) return <div className="sr-only">{table}</div>;
  return (
    <ScrollRegion label="Figures over time" className="max-h-96 overflow-auto">
      {table}
    </ScrollRegion>
  );
}
