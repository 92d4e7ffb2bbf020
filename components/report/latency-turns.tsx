import { stageLook } from "@/components/report/stage-look";
import { type LatencyRow, latencyStages } from "@/lib/calls/report";
import { formatSeconds } from "@/lib/format";

/** One bar an answer, as long as the caller waited, in the colours of what for. */
export function LatencyTurns({ turns }: { turns: readonly LatencyRow[] }) {
  const lengths = turns.map(lengthOf);
  const longest = Math.max(1, ...lengths);
  if (turns.length < 2) return null;
  return (
    <ol aria-label="Answer by answer" className="grid gap-1 pt-3">
      {turns.map((turn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: answers are told apart by nothing but their order.
        <li key={index} className="flex items-center gap-2 text-muted text-xs">
          <span className="flex h-2 grow gap-px overflow-hidden rounded-full" aria-hidden>
            {latencyStages.map((stage) => (
              <span
                key={stage}
                className={stageLook[stage].paint}
                style={{ width: `${((turn[stage] ?? 0) / longest) * 100}%` }}
              />
            ))}
          </span>
          <span className="w-10 text-right">{formatSeconds(lengths[index] ?? 0)}</span>
        </li>
      ))}
    </ol>
  );
}

function lengthOf(turn: LatencyRow): number {
  return turn.total ?? latencyStages.reduce((sum, stage) => sum + (turn[stage] ?? 0), 0);
}
