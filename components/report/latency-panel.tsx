import { LatencyTurns } from "@/components/report/latency-turns";
import { stageLook } from "@/components/report/stage-look";
import { Panel } from "@/components/ui/panel";
import { type Latency, latencyStages } from "@/lib/calls/report";
import { formatSeconds } from "@/lib/format";

/** What the caller waited for before each answer: on average, at worst, and turn by turn. */
export function LatencyPanel({ latency }: { latency: Latency }) {
  const { average, turns } = latency;
  const seconds = (ms: number | null) => (ms === null ? "–" : formatSeconds(ms));
  const worst = (stage: keyof typeof average) => {
    const known = turns.map((turn) => turn[stage]).filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  const rows = [
    ...latencyStages.map((stage) => ({ stage, name: stageLook[stage].name })),
    { stage: "total", name: "Whole answer" } as const,
  ];
  return (
    <Panel title="Latency" aside={`${turns.length} answers`}>
      <table className="w-full">
        <thead className="text-left text-muted text-xs">
          <tr>
            <th scope="col" className="pb-1 font-normal">
              Stage
            </th>
            <th scope="col" className="pb-1 text-right font-normal">
              Average
            </th>
            <th scope="col" className="pb-1 text-right font-normal">
              Slowest
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ stage, name }) => (
            <tr key={stage} className={stage === "total" ? "border-line border-t font-medium" : undefined}>
              <th scope="row" className="py-0.5 text-left font-normal">
                {stage !== "total" && (
                  <span
                    aria-hidden
                    className={`mr-2 inline-block size-2 rounded-full ${stageLook[stage].paint}`}
                  />
                )}
                {name}
              </th>
              <td className="py-0.5 text-right">{seconds(average[stage])}</td>
              <td className="py-0.5 text-right">{seconds(worst(stage))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <LatencyTurns turns={turns} />
      {(latency.fromTransport !== null || latency.toTransport !== null) && (
        <p className="pt-2 text-muted text-xs">
          The line adds {latency.fromTransport ?? 0} ms on the way in and {latency.toTransport ?? 0} ms on the
          way out.
        </p>
      )}
    </Panel>
  );
}
