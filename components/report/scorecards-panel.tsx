import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import type { Scorecard } from "@/lib/calls/report";

/** How the call scored by rules, and for what it got its points. */
export function ScorecardsPanel({ scorecards }: { scorecards: readonly Scorecard[] }) {
  if (scorecards.length === 0) return null;
  return (
    <Panel title="Scorecards">
      <ul className="grid gap-4">
        {scorecards.map(({ id, name, score, percent, points }) => (
          <li key={id} className="grid gap-1.5">
            <div className="flex items-baseline justify-between gap-4">
              <h3 className="min-w-0 break-words font-medium">{name ?? "Scorecard"}</h3>
              <span className="whitespace-nowrap">
                {percent === null ? `${score ?? "–"} points` : `${percent} of 100`}
              </span>
            </div>
            {percent !== null && (
              <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
                <div
                  className="h-full rounded-full bg-accent"
                  style={{ width: `${Math.min(100, Math.max(0, percent))}%` }}
                />
              </div>
            )}
            <Figures rows={points.map(({ of, points: won }) => [of, won] as const)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
