import { CircleCheck, CircleHelp, CircleX, MessageSquareText, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { AssistantName } from "@/components/calls/assistant-name";
import { LocalTime } from "@/components/clock/local-time";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";
import { formatCost, formatDuration, formatPhoneNumber } from "@/lib/format";
import type { ReportColumn, ReportRow } from "@/lib/reports/columns";

interface Column {
  name: string;
  /** Column width as a CSS grid track. */
  width: string;
  isNumber?: boolean;
  cell: (row: ReportRow) => ReactNode;
}

/** Definition of each column except the first, which is the caller with the link. */
export const reportTableColumns: Readonly<Record<Exclude<ReportColumn, "caller">, Column>> = {
  when: {
    name: "When",
    width: "8.5rem",
    cell: ({ call }) => <LocalTime at={call.startedAt ?? call.createdAt} />,
  },
  length: {
    name: "Length",
    width: "4rem",
    isNumber: true,
    cell: ({ call }) => (call.durationSeconds === null ? "–" : formatDuration(call.durationSeconds * 1000)),
  },
  assistant: {
    name: "Assistant",
    width: "minmax(8rem,1.4fr)",
    cell: ({ call }) => <AssistantName call={call} />,
  },
  ended: {
    name: "End reason",
    width: "minmax(9rem,1.7fr)",
    // Two lines, because "The caller hung up" and "… while waiting for the assistant" differ only at their end.
    cell: ({ call }) => (
      <span className="line-clamp-2 whitespace-normal">
        {call.endedReason
          ? describeEndedReason(toEndCode(call) ?? call.endedReason).words
          : "No reason given"}
      </span>
    ),
  },
  success: { name: "Success", width: "7.5rem", cell: ({ isSuccess }) => <Success isSuccess={isSuccess} /> },
  cost: {
    name: "Cost",
    width: "4rem",
    isNumber: true,
    cell: ({ call }) => (call.costUsd === null ? "–" : formatCost(call.costUsd)),
  },
  hangs: {
    name: "Hangs",
    width: "4rem",
    isNumber: true,
    cell: ({ call: { hangs } }) =>
      hangs > 0 ? (
        <span className="inline-flex items-center gap-1 text-hang">
          <TriangleAlert aria-hidden className="size-3.5" />
          {hangs}
          <span className="sr-only"> hangs</span>
        </span>
      ) : (
        <span className="text-muted">0</span>
      ),
  },
  score: {
    name: "Score",
    width: "4rem",
    isNumber: true,
    cell: ({ score, notes }) => (
      <span className="inline-flex items-center gap-2">
        {notes > 0 && (
          <span className="inline-flex items-center gap-0.5 text-muted text-xs">
            <MessageSquareText aria-hidden className="size-3.5" />
            {notes}
            <span className="sr-only"> notes</span>
          </span>
        )}
        {score === null ? <span className="text-muted">–</span> : `${score} / 5`}
      </span>
    ),
  },
  tags: {
    name: "Tags",
    width: "minmax(4rem,0.7fr)",
    cell: ({ tags }) => (
      <span className="flex min-w-0 gap-1 overflow-hidden">
        {tags.map((tag) => (
          <span key={tag} className="truncate rounded bg-hover px-1.5 py-0.5 text-xs">
            {tag}
          </span>
        ))}
      </span>
    ),
  },
  number: {
    name: "Our number",
    width: "9rem",
    cell: ({ call }) => call.phoneNumber && formatPhoneNumber(call.phoneNumber),
  },
};

function Success({ isSuccess }: { isSuccess: boolean | null }) {
  const [Icon, word, style] =
    isSuccess === null
      ? ([CircleHelp, "Not evaluated", "text-muted"] as const)
      : isSuccess
        ? ([CircleCheck, "Yes", ""] as const)
        : ([CircleX, "No", "text-danger"] as const);
  return (
    <span className={`inline-flex items-center gap-1 ${style}`}>
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}
