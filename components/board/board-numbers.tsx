import type { Show } from "@/components/board/board-filter";
import { classNames } from "@/components/ui/class-names";
import { formatDuration } from "@/lib/calls/format-duration";
import type { BoardNumbers as Numbers } from "@/lib/calls/to-board-numbers";

interface BoardNumbersProps {
  numbers: Numbers;
  show: Show;
  onShow: (show: Show) => void;
}

/** What the room wants to know first. Each number filters the board to the calls it counts. */
export function BoardNumbers({ numbers, show, onShow }: BoardNumbersProps) {
  const { live, hanging, waiting, ringing, longestMs } = numbers;
  const figures = [
    { value: live, word: "live", filter: "all", tone: "" },
    { value: hanging, word: "hanging", filter: "hanging", tone: hanging > 0 ? "text-hang" : "" },
    { value: waiting, word: "silent", filter: "silent", tone: waiting > 0 ? "text-waiting" : "" },
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
          className={classNames(
            "flex items-baseline gap-1.5 rounded-md px-2.5 py-1 hover:bg-hover aria-pressed:bg-hover",
            tone,
          )}
        >
          <span className="font-semibold text-xl leading-none">{value}</span>
          <span className={tone || "text-muted"}>{word}</span>
        </button>
      ))}
      {longestMs !== null && (
        <p className="flex items-baseline gap-1.5 whitespace-nowrap px-2.5 py-1 text-muted max-sm:hidden">
          longest{" "}
          <span className="font-semibold text-ink text-xl leading-none">{formatDuration(longestMs)}</span>
        </p>
      )}
    </fieldset>
  );
}
