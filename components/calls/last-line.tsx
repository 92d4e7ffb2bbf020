import { classNames } from "@/components/ui/class-names";
import type { Call } from "@/lib/calls/call";
import { callerWord, whenEnded } from "@/lib/calls/call";
import { describeEndedReason, toEndCode } from "@/lib/calls/ended-reason";

/** The last thing said, in italics while it is still being said; of an ended call, how it ended. */
export function LastLine({ call }: { call: Call }) {
  if (whenEnded(call) !== null) {
    return (
      <span className="text-muted">
        {call.endedReason ? describeEndedReason(toEndCode(call) ?? call.endedReason).words : "Call ended"}
      </span>
    );
  }
  if (!call.lastLine) return <span className="text-muted">No speech yet</span>;
  const { role, text, final } = call.lastLine;
  return (
    <span className={classNames(!final && "italic")}>
      <span className="sr-only">{role === "user" ? callerWord(call) : "Assistant"}: </span>
      <span aria-hidden className={role === "user" ? "text-caller" : "text-assistant"}>
        {role === "user" ? "◂ " : "▸ "}
      </span>
      <bdi>{text}</bdi>
    </span>
  );
}
