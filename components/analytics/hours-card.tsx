import { Card, toReportsHref } from "@/components/analytics/card";
import { Link } from "@/components/ui/link";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";

interface HourCellProps {
  calls: number;
  /** Calls in the busiest hour. */
  most: number;
  href: ReturnType<typeof toReportsHref>;
}

/** Maximum share of the accent colour, in per cent; text on it stays readable in both themes. */
const strongest = 30;

/** Number of calls in one hour of the week; the background is stronger the more there are. */
export function HourCell({ calls, most, href }: HourCellProps) {
  const strength = Math.round((calls / most) * strongest);
  const background = `color-mix(in srgb, var(--accent) ${strength}%, var(--bg))`;
  // An empty hour shows nothing; a screen reader still gets the number.
  if (calls === 0) {
    return (
      <td className="p-px">
        <span className="block h-6 rounded-sm bg-bg pointer-coarse:h-11">
          <span className="sr-only">0</span>
        </span>
      </td>
    );
  }
  return (
    <td className="p-px">
      <Link
        href={href}
        className="grid h-6 min-w-6 place-items-center rounded-sm hover:underline pointer-coarse:h-11"
        style={{ background }}
      >
        {calls}
      </Link>
    </td>
  );
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);

/** When people call: a table of weekday by hour, each cell shaded by its number of calls. */
export function HoursCard({ hours, filter }: { hours: Analytics["hours"]; filter: AnalyticsFilter }) {
  const most = Math.max(1, ...hours.map(({ calls }) => calls));
  const at = (weekday: number, hour: number) =>
    hours.find((cell) => cell.weekday === weekday && cell.hour === hour)?.calls ?? 0;
  return (
    <Card
      title="Busiest hours"
      aside={<span className="text-muted text-xs">Calls started, {filter.zone}</span>}
    >
      <ScrollRegion label="Calls by hour and weekday" className="overflow-x-auto">
        <table className="w-full min-w-72 table-fixed text-center text-xs">
          <caption className="sr-only">Calls by hour of the day and weekday</caption>
          <thead className="text-muted">
            <tr>
              <th scope="col" className="w-11 pb-1 text-left font-normal">
                Hour
              </th>
              {weekdays.map((name) => (
                <th key={name} scope="col" className="pb-1 font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hoursOfDay.map((hour) => (
              <tr key={hour}>
                <th scope="row" className="text-left font-normal text-muted">
                  {String(hour).padStart(2, "0")}:00
                </th>
                {weekdays.map((name, index) => (
                  <HourCell
                    key={name}
                    calls={at(index + 1, hour)}
                    most={most}
                    href={toReportsHref(filter, { weekday: index + 1, hour })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
