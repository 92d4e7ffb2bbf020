import { TrendingDown, TrendingUp } from "lucide-react";
import Link from "next/link";
import type { Show } from "@/components/board/board-filter";
import type { PulseFigure } from "@/components/board/to-pulse-figures";
import { classNames } from "@/components/ui/class-names";
import type { BoardNumbers as Numbers } from "@/lib/calls/state";
import { formatDuration } from "@/lib/format";

interface BoardNumbersProps {
  numbers: Numbers;
  pulse: readonly PulseFigure[];
  show: Show;
  onShow: (show: Show) => void;
}

const figureClass = "flex items-baseline gap-1.5 whitespace-nowrap rounded-md px-2.5 py-1";
const valueClass = "font-semibold text-xl leading-none";

/** What the room wants to know first: the counts filter the board to what they count, the last hour leads to analytics. */
export function BoardNumbers({ numbers, pulse, show, onShow }: BoardNumbersProps) {
  const { live, hanging, ringing, longestMs } = numbers;
  const figures = [
    { value: live, word: "live", filter: "all", tone: "" },
    { value: hanging, word: "hanging", filter: "hanging", tone: hanging > 0 ? "text-hang" : "" },
    { value: ringing, word: "ringing", filter: "ringing", tone: "" },
  ] as const;
  return (
    <fieldset className="flex min-w-0 overflow-x-auto" aria-label="Numbers now">
      {figures.map(({ value, word, filter, tone }) => (
        <button
          key={word}
          type="button"
          aria-pressed={show === filter}
          onClick={() => onShow(show === filter ? "all" : filter)}
          className={classNames(figureClass, "hover:bg-hover aria-pressed:bg-hover", tone)}
        >
          <span className={valueClass}>{value.toLocaleString("en")}</span>
          <span className={tone || "text-muted"}>{word}</span>
        </button>
      ))}
      {longestMs !== null && (
        <p className={classNames(figureClass, "text-muted")}>
          longest <span className={classNames(valueClass, "text-ink")}>{formatDuration(longestMs)}</span>
        </p>
      )}
      {pulse.map((figure) => (
        <Link
          key={figure.word}
          href="/analytics"
          prefetch={false}
          title={figure.meaning}
          className={classNames(figureClass, "text-muted hover:bg-hover")}
        >
          {figure.word} <span className={classNames(valueClass, "text-ink")}>{figure.value}</span>
          <Trend {...figure} />
        </Link>
      ))}
    </fieldset>
  );
}

function Trend({ trend }: PulseFigure) {
  if (!trend) return null;
  const Icon = trend === "up" ? TrendingUp : TrendingDown;
  return (
    <>
      <Icon aria-hidden className="size-3.5 self-center" />
      <span className="sr-only">{trend} from the hour before</span>
    </>
  );
}
