import type { CallMoment } from "@/lib/calls/call-moment";
import { dropToldTwice } from "@/lib/calls/drop-told-twice";
import type { Mark, MarkKind } from "@/lib/calls/mark";
import type { ToolCall } from "@/lib/calls/tool-call";

/** Speech is told by the bubbles themselves. */
const untold: ReadonlySet<MarkKind> = new Set(["speech-started", "speech-stopped"]);

/** Tool calls and telling marks → moments of the transcript, in any order. */
export function toMoments(toolCalls: readonly ToolCall[], marks: readonly Mark[]): CallMoment[] {
  return [
    ...toolCalls.map(
      (toolCall): CallMoment => ({
        kind: "moment",
        what: "tool",
        id: toolCall.id,
        at: toolCall.askedAt,
        toolCall,
      }),
    ),
    ...dropToldTwice(marks)
      .filter((mark) => !untold.has(mark.kind))
      .map((mark): CallMoment => ({ kind: "moment", what: "mark", id: mark.id, at: mark.at, mark })),
  ];
}
