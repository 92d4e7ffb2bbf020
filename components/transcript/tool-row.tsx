import { Wrench } from "lucide-react";
import { Json } from "@/components/ui/json";
import type { ToolCall } from "@/lib/calls/parts";
import { formatSeconds } from "@/lib/format";

/** A tool the assistant used: what it asked, what it was told, and how long the caller waited for it. */
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
