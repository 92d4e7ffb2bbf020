import { ArrowDownRight, ArrowRight, ArrowUpRight, ChartLine, Table2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { AnalyticsFilter, Metric } from "@/lib/analytics/analytics";
import { describeChange } from "@/lib/analytics/compare";
import type { EndedGroup } from "@/lib/calls/ended-reason";

interface CardProps {
  title: string;
  /** Controls to the right of the title. */
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

/** Switches between a chart and the table behind it. */
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

/**
 * How far a figure moved since the previous period. Colour shows whether it got worse; screen readers get it in words.
 */
export function Change({ metric, now, before, callsBefore }: ChangeProps) {
  const change = describeChange(metric, now, before, callsBefore);
  // Calls may lack this figure (Vapi's own fee has no response time), so the number of calls decides.
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

/** Longest step that is still labelled by its hour. */
const hourMs = 90 * 60_000;

/** Labels a step in its time zone: "Mon 31 Aug", or "14:00". */
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

/** Link to the reports behind a figure: the page's filter plus further conditions. */
export function toReportsHref(filter: AnalyticsFilter, narrower: Narrower = {}) {
  const query = Object.entries({ ...filter, ...narrower }).flatMap(([name, value]) =>
    // 0 is a valid value: the hour at midnight.
    value === undefined || value === "" ? [] : [[name, String(value)] as const],
  );
  return { pathname: "/reports", query: Object.fromEntries(query) };
}
