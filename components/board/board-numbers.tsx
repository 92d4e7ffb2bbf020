import { TrendingDown, TrendingUp } from "lucide-react";
import type { ReactNode } from "react";
import type { Attention } from "@/components/alerts/use-open-alerts";
import type { Show } from "@/components/board/board-filter";
import type { PulseFigure } from "@/components/board/to-pulse-figures";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { alertKinds } from "@/lib/alerts/alert";
import { alertLabel } from "@/lib/alerts/rules";
import type { BoardNumbers as Numbers } from "@/lib/calls/state";
import { formatDuration } from "@/lib/format";

interface BoardNumbersProps {
  attention: Attention;
  numbers: Numbers;
  pulse: readonly PulseFigure[];
  show: Show;
  onShow: (show: Show) => void;
}

const cellStyle = "grid h-14 content-center gap-0.5 px-3 text-left sm:px-4";

/** "Live · 3 no signal"; calls without a signal are not among the live ones. */
export function toLiveLabel({ noSignal }: Pick<Numbers, "noSignal">): string {
  return noSignal > 0 ? `Live · ${noSignal.toLocaleString("en")} no signal` : "Live";
}

/** Key figures in cells of fixed width. Each count filters the board to its calls; the last hour links to analytics. */
export function BoardNumbers({ attention, numbers, pulse, show, onShow }: BoardNumbersProps) {
  const { live, ringing, longestMs } = numbers;
  const waiting = attention.open.size;
  const filter = (wanted: Show) => ({
    isPressed: show === wanted,
    onPress: () => onShow(show === wanted ? "all" : wanted),
  });
  return (
    <fieldset
      aria-label="Current figures"
      className="grid min-w-0 auto-cols-[minmax(7.75rem,1fr)] grid-flow-col max-sm:auto-cols-[minmax(9rem,1fr)] divide-x divide-line overflow-x-auto"
    >
      <CountCell
        label="Needs attention"
        value={waiting}
        tone={waiting > 0 ? "text-hang" : ""}
        title={toSplit(attention.kinds)}
        {...filter("attention")}
      />
      <CountCell label={toLiveLabel(numbers)} value={live} {...filter("all")} />
      <CountCell label="Ringing" value={ringing} {...filter("ringing")} />
      <p className={cellStyle}>
        <Value>{longestMs === null ? "–" : formatDuration(longestMs)}</Value>
        <Label>Longest</Label>
      </p>
      {pulse.map((figure) => (
        <Link
          key={figure.label}
          href="/analytics"
          title={figure.meaning}
          className={classNames(cellStyle, "outline-offset-[-2px] hover:bg-hover")}
        >
          <Value>
            {figure.value} <Trend {...figure} />
          </Value>
          <Label>{figure.label}</Label>
        </Link>
      ))}
    </fieldset>
  );
}

interface CountCellProps {
  label: string;
  value: number;
  tone?: string;
  title?: string;
  isPressed: boolean;
  onPress: () => void;
}

function CountCell({ label, value, tone = "", title, isPressed, onPress }: CountCellProps) {
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      title={title}
      onClick={onPress}
      className={classNames(
        cellStyle,
        "outline-offset-[-2px] hover:bg-hover aria-pressed:shadow-[inset_0_-2px_0_var(--accent)]",
      )}
    >
      <Value tone={tone}>{value.toLocaleString("en")}</Value>
      <Label>{label}</Label>
    </button>
  );
}

function Value({ tone = "", children }: { tone?: string; children: ReactNode }) {
  return (
    <span className={classNames("flex items-center gap-1.5 font-semibold text-xl leading-none", tone)}>
      {children}
    </span>
  );
}

function Label({ children }: { children: ReactNode }) {
  return <span className="truncate text-muted text-xs">{children}</span>;
}

/** Open alerts by kind: "2 hanging, 1 silence". */
function toSplit(kinds: Attention["kinds"]): string {
  const split = alertKinds
    .filter((kind) => kinds[kind] > 0)
    .map((kind) => `${kinds[kind].toLocaleString("en")} ${alertLabel(kind).toLowerCase()}`);
  return split.join(", ") || "No open alerts";
}

function Trend({ trend }: PulseFigure) {
  if (!trend) return null;
  const Icon = trend === "up" ? TrendingUp : TrendingDown;
  return (
    <>
      <Icon aria-hidden className="size-3.5 text-muted" />
      <span className="sr-only">{trend} from the hour before</span>
    </>
  );
}
