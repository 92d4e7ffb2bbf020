import { stepLabel, type toReportsHref } from "@/components/analytics/card";
import { Link } from "@/components/ui/link";
import { ScrollRegion } from "@/components/ui/scroll-region";

interface TimeTableProps<Step> {
  label: string;
  caption: string;
  steps: readonly Step[];
  columns: readonly { name: string; label: string; format: (step: Step) => string }[];
  zone: string;
  /** Returns the link of a step; null if steps have no links. */
  toHref: ((step: Step) => ReturnType<typeof toReportsHref>) | null;
  /** For screen readers only, next to the chart: its links are not focusable because they are not visible. */
  isHidden: boolean;
}

/** Figures over time: the table behind a chart. */
export function TimeTable<Step extends { from: string; until: string }>({
  label,
  caption,
  steps,
  columns,
  zone,
  toHref,
  isHidden,
}: TimeTableProps<Step>) {
  const table = (
    <table className="w-full whitespace-nowrap text-right text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-1.5 pr-3 text-left font-normal">
            From
          </th>
          {columns.map(({ name, label: head }) => (
            <th key={name} scope="col" className="py-1.5 pl-3 font-normal">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.from} className="border-line border-t">
            <th scope="row" className="py-1.5 pr-3 text-left font-normal">
              {isHidden || !toHref ? (
                stepLabel(step, zone)
              ) : (
                <Link href={toHref(step)} className="text-accent underline">
                  {stepLabel(step, zone)}
                </Link>
              )}
            </th>
            {columns.map(({ name, format }) => (
              <td key={name} className="py-1.5 pl-3">
                {format(step)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (isHidden) return <div className="sr-only">{table}</div>;
  return (
    <ScrollRegion label={label} className="max-h-96 overflow-auto">
      {table}
    </ScrollRegion>
  );
}
