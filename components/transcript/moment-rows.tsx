import {
  Archive,
  ArchiveX,
  AudioLines,
  BookOpenText,
  Languages,
  type LucideIcon,
  PhoneForwarded,
  PhoneMissed,
  PhoneOff,
  Split,
  Trash2,
  TriangleAlert,
  UserRound,
  Wrench,
} from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { Json } from "@/components/ui/json";
import type { MarkKind, ToolCall } from "@/lib/calls/parts";
import { type CallMoment, describeMark } from "@/lib/calls/transcript";
import { formatDuration, formatSeconds } from "@/lib/format";

/** The icon of each kind of mark, wherever marks are listed. */
export const markIcons: Readonly<Record<MarkKind, LucideIcon>> = {
  "speech-started": AudioLines,
  "speech-stopped": AudioLines,
  hang: TriangleAlert,
  interrupted: Split,
  transfer: PhoneForwarded,
  language: Languages,
  "assistant-started": UserRound,
  "transfer-answered": PhoneForwarded,
  "transfer-refused": PhoneMissed,
  knowledge: BookOpenText,
  "hang-up-asked": PhoneOff,
  "forward-asked": PhoneForwarded,
  stored: Archive,
  "not-stored": ArchiveX,
  deleted: Trash2,
  "delete-failed": TriangleAlert,
};

/** An event between the lines of the transcript. `from`: epoch ms of the call's start. */
export function MarkRow({ moment, from }: { moment: CallMoment & { what: "mark" }; from: number }) {
  const { mark, warnings, until } = moment;
  const time = (iso: string) => formatDuration(Date.parse(iso) - from);
  const Icon = markIcons[mark.kind];
  return (
    <p
      className={classNames(
        "flex items-center justify-center gap-1.5 text-xs",
        mark.kind === "hang" ? "text-hang" : "text-muted",
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span dir="auto" className="wrap-anywhere min-w-0">
        {describeMark(mark)}
        {warnings && ` · ${warnings} warnings`}
      </span>
      <span>
        {time(mark.at)}
        {until && `–${time(until)}`}
      </span>
    </p>
  );
}

/** A tool call: its arguments, its result, and how long the caller waited for it. */
export function ToolRow({ toolCall }: { toolCall: ToolCall }) {
  const { name, askedAt, answeredAt, error, result } = toolCall;
  return (
    <details className="mx-auto w-full max-w-xl rounded-md border border-line bg-raised text-xs">
      <summary className="flex cursor-pointer items-center gap-2 rounded-md px-2.5 py-1.5">
        <Wrench aria-hidden className="size-3.5 shrink-0 text-muted" />
        <bdi className="truncate font-medium">{name}</bdi>
        <span
          className={
            error === null ? "ml-auto whitespace-nowrap text-muted" : "ml-auto whitespace-nowrap text-danger"
          }
        >
          {outcome(toolCall)}
          {answeredAt && ` · ${formatSeconds(Date.parse(answeredAt) - Date.parse(askedAt))}`}
        </span>
      </summary>
      <div className="grid gap-2 border-line border-t px-2.5 py-2">
        <Json label={`Arguments of ${name}`} value={toolCall.arguments} />
        {(error ?? result) !== null && (
          <p dir="auto" className="wrap-anywhere">
            {error ?? result}
          </p>
        )}
        {toolCall.warnings?.map((warning) => (
          <p key={warning} className="wrap-anywhere text-waiting">
            Warning: {warning}
          </p>
        ))}
      </div>
    </details>
  );
}

function outcome({ answeredAt, error }: ToolCall): string {
  if (answeredAt === null) return "waiting for the answer";
  return error === null ? "answered" : "failed";
}
