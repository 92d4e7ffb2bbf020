import { Panel } from "@/components/ui/panel";
import { callSpan, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { formatDuration, formatSeconds } from "@/lib/format";

interface HangsPanelProps {
  detail: CallDetail;
  /** Epoch ms. */
  onChoose: (at: number) => void;
}

/** When the caller was left waiting, for how long, and what ended it. */
export function HangsPanel({ detail: { call, hangs }, onChoose }: HangsPanelProps) {
  const endedAt = whenEnded(call);
  if (hangs.length === 0) return null;
  const { from, to } = callSpan(call, 0);
  return (
    <Panel title="Hangs" aside={hangs.length === 1 ? "once" : `${hangs.length} times`}>
      <ul className="grid gap-1.5">
        {hangs.map(({ warnedAt, startedAt, stoppedAt }) => {
          const [at, until] = [Date.parse(startedAt), stoppedAt === null ? to : Date.parse(stoppedAt)];
          return (
            <li key={warnedAt} className="flex justify-between gap-4">
              <button
                type="button"
                onClick={() => onChoose(at)}
                className="self-start whitespace-nowrap rounded hover:underline"
              >
                at {formatDuration(at - from)}
              </button>
              <span className="text-right text-muted">
                {formatSeconds(until - at)}, until{" "}
                {stoppedAt === endedAt ? "the call ended" : "the assistant spoke again"}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
