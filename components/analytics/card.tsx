import { ArrowDownRight, ArrowRight, ArrowUpRight, ChartLine, Table2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { AnalyticsFilter, Metric } from "@/lib/analytics/analytics";
import { describeChange } from "@/lib/analytics/compare";
import type { EndedGroup } from "@/lib/calls/ended-reason";

interface CardProps {
  title: string;
  /** What can be done with it, on the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of the page. */
export function Card({ title, aside, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3 border-line border-y bg-surface p-3 sm:rounded-lg sm:border sm:p-4"
    >
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** From a chart to the table behind it, and back. */
export function TableButton({ isTable, onToggle }: { isTable: boolean; onToggle: () => void }) {
  return (
    <Button size="small" className="h-8" onClick={onToggle}>
      {isTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
      {isTable ? "Show chart" : "Show table"}
    </Button>
  );
}

const icons = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight };

interface ChangeProps {
  metric: Metric;
  now: number | null;
  before: number | null;
  callsBefore: number;
}

/** How far a figure has moved since the period before; whether that is bad news by colour, and in words for who hears it. */
export function Change({ metric, now, before, callsBefore }: ChangeProps) {
  const change = describeChange(metric, now, before, callsBefore);
  // Calls without this figure, as Vapi's own fee has no response time, are calls all the same.
  if (!change) return callsBefore === 0 && <span className="text-muted">No calls before</span>;
  const Icon = icons[change.direction];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1",
        change.isBetter === false ? "font-medium text-danger" : "text-muted",
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span>
        {change.direction === "same" ? "Unchanged" : change.words}
        {change.isBetter !== null && (
          <span className="sr-only">{change.isBetter ? ", better" : ", worse"}</span>
        )}
      </span>
    </span>
  );
}

/** How long a step may be and still be called by its hour. */
const hourMs = 90 * 60_000;

/** A step of the chart by the clock of its zone: "Mon 31 Aug", or "14:00". */
export function stepLabel({ from, until }: { from: string; until: string }, zone: string): string {
  const isHour = Date.parse(until) - Date.parse(from) < hourMs;
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    ...(isHour
      ? { weekday: "short", hour: "2-digit", minute: "2-digit" }
      : { weekday: "short", day: "numeric", month: "short" }),
  }).format(new Date(from));
}

type Narrower = Partial<Pick<AnalyticsFilter, "from" | "to" | "assistant" | "number">> & {
  group?: EndedGroup;
  reason?: string;
  version?: string;
  weekday?: number;
  hour?: number;
  hang?: "yes" | undefined;
};

/** Where the reports are of what was counted: the page's filter, and what narrows it further. */
export function toReportsHref(filter: AnalyticsFilter, narrower: Narrower = {}) {
  const query = Object.entries({ ...filter, ...narrower }).flatMap(([name, value]) =>
    // Midnight is an hour, and its number is 0.
    value === undefined || value === "" ? [] : [[name, String(value)] as const],
  );
  return { pathname: "/reports", query: Object.fromEntries(query) };
}
