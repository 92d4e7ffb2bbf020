import { useQuery } from "@tanstack/react-query";
import { classNames } from "@/components/ui/class-names";
import { CutText } from "@/components/ui/cut-text";
import { loadCode } from "@/components/ui/load-later";
import type { Call } from "@/lib/calls/call";
import { callerLabel, whenEnded } from "@/lib/calls/call";

/** The last line, on one row or two, in italics while it is a partial; for an ended call, its end reason. */
export function LastLine({ call, lines = 1 }: { call: Call; lines?: 1 | 2 }) {
  if (whenEnded(call) !== null) {
    return <Ended call={call} />;
  }
  if (!call.lastLine) return <span className="text-muted">No speech yet</span>;
  const { role, text, final } = call.lastLine;
  return (
    <span className={classNames("flex min-w-0", !final && "italic")}>
      <span className="sr-only">{role === "user" ? callerLabel(call) : "Assistant"}: </span>
      <span
        aria-hidden
        className={classNames("shrink-0 whitespace-pre", role === "user" ? "text-caller" : "text-assistant")}
      >
        {role === "user" ? "◂ " : "▸ "}
      </span>
      {lines === 1 ? <CutText>{text}</CutText> : <bdi className="wrap-anywhere line-clamp-2">{text}</bdi>}
    </span>
  );
}

/** The labels of Vapi's many end reasons are loaded when the first call ends. Without them it reads "Call ended". */
function Ended({ call }: { call: Call }) {
  const { endedReason, endedWaiting } = call;
  const { data: words } = useQuery({
    queryKey: ["ended-reason", endedReason, endedWaiting],
    queryFn: async () => {
      const { describeEndedReason, toEndCode } = await loadCode(() => import("@/lib/calls/ended-reason"));
      return describeEndedReason(toEndCode(call) ?? endedReason ?? "").words;
    },
    enabled: endedReason !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return <span className="text-muted">{words ?? "Call ended"}</span>;
}
