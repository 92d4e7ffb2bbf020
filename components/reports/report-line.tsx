import type { Ref } from "react";
import { CallLink } from "@/components/calls/call-link";
import { reportTableColumns } from "@/components/reports/report-table-columns";
import { classNames } from "@/components/ui/class-names";
import { callTitle } from "@/lib/calls/call";
import { type ReportColumn, type ReportRow, snippetMarks } from "@/lib/reports/columns";

/** An excerpt of the transcript, with the matched words highlighted. */
export function Snippet({ text }: { text: string }) {
  const pieces = text.split(snippetMarks.start).flatMap((piece, index) => {
    const [found = "", rest = ""] = index === 0 ? ["", piece] : piece.split(snippetMarks.stop);
    return [
      { key: `${index} found`, text: found, isFound: true },
      { key: `${index} rest`, text: rest, isFound: false },
    ].filter((each) => each.text !== "");
  });
  return (
    <p dir="auto" className="line-clamp-2 w-fit text-muted text-xs">
      {pieces.map(({ key, text: words, isFound }) =>
        isFound ? (
          <mark key={key} className="rounded-sm bg-accent-soft font-medium text-ink">
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </p>
  );
}

interface ReportLineProps {
  row: ReportRow;
  columns: readonly ReportColumn[];
  index: number;
  isCurrent: boolean;
  isChosen: boolean;
  onFocus: () => void;
  onChoose: (isChosen: boolean) => void;
  ref: Ref<HTMLTableRowElement>;
}

/** One call of the archive: a row, or a card in a narrow container. */
export function ReportLine({
  row,
  columns,
  index,
  isCurrent,
  isChosen,
  onFocus,
  onChoose,
  ref,
}: ReportLineProps) {
  const { call, summary, snippet } = row;
  const title = callTitle(call);
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      data-call={call.id}
      className={classNames(
        "relative flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2 pr-3 pl-10 sm:pr-4 @4xl:grid @4xl:grid-cols-(--columns) @4xl:gap-x-4",
        isChosen ? "bg-accent-soft" : "hover:bg-hover has-focus-visible:bg-hover",
      )}
    >
      <td className="absolute top-0 left-0 z-10 @4xl:inset-y-0 @4xl:grid @4xl:items-center">
        <label className="grid size-10 cursor-pointer place-items-center">
          <span className="sr-only">Select {title}</span>
          <input
            type="checkbox"
            checked={isChosen}
            tabIndex={isCurrent ? 0 : -1}
            onChange={({ target }) => onChoose(target.checked)}
            className="size-4 accent-accent"
          />
        </label>
      </td>
      <td className="min-w-0 font-medium @max-4xl:basis-full">
        <CallLink callId={call.id} call={call} isCurrent={isCurrent} onFocus={onFocus} />
      </td>
      {columns.map((column) => {
        if (column === "caller") return null;
        const { cell, isNumber } = reportTableColumns[column];
        return (
          <td
            key={column}
            className={classNames(
              "min-w-0 truncate @max-4xl:text-xs",
              isNumber && "@4xl:text-right",
              isQuiet(row, column) && "@max-4xl:hidden",
            )}
          >
            {cell(row)}
          </td>
        );
      })}
      {(snippet ?? summary) !== null && (
        <td className="min-w-0 basis-full @4xl:col-span-full">
          {snippet === null ? (
            <p dir="auto" className="w-fit max-w-full truncate text-muted text-xs">
              {summary}
            </p>
          ) : (
            <Snippet text={snippet} />
          )}
        </td>
      )}
    </tr>
  );
}

/** Whether a column has nothing to show; a card leaves it out. */
function isQuiet({ call, score, notes, tags, isSuccess }: ReportRow, column: ReportColumn): boolean {
  switch (column) {
    case "length":
      return call.durationSeconds === null;
    case "cost":
      return call.costUsd === null;
    case "hangs":
      return call.hangs === 0;
    case "score":
      return score === null && notes === 0;
    case "tags":
      return tags.length === 0;
    case "success":
      return isSuccess === null;
    case "number":
      return call.phoneNumber === null;
    default:
      return false;
  }
}
