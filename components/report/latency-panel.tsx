import { Panel } from "@/components/ui/panel";
import { type Latency, type LatencyRow, type LatencyStage, latencyStages } from "@/lib/calls/report";
import { formatCount, formatSeconds } from "@/lib/format";

/** Name and colour of each response stage; they always appear together. */
export const stageStyle: Readonly<Record<LatencyStage, { name: string; paint: string }>> = {
  endpointing: { name: "Endpointing", paint: "bg-faint" },
  transcriber: { name: "Transcription", paint: "bg-caller" },
  model: { name: "Model", paint: "bg-accent" },
  voice: { name: "Voice", paint: "bg-assistant" },
};

/** One bar per response, as long as the caller's wait, coloured by stage. */
export function LatencyTurns({ turns }: { turns: readonly LatencyRow[] }) {
  const lengths = turns.map(lengthOf);
  const longest = Math.max(1, ...lengths);
  if (turns.length < 2) return null;
  return (
    <ol aria-label="By response" className="grid gap-1 pt-3">
      {turns.map((turn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: only their order distinguishes responses.
        <li key={index} className="flex items-center gap-2 text-muted text-xs">
          <span className="flex h-2 grow gap-px overflow-hidden rounded-full" aria-hidden>
            {latencyStages.map((stage) => (
              <span
                key={stage}
                className={stageStyle[stage].paint}
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

/** Response times by stage: average, worst, and turn by turn. */
export function LatencyPanel({ latency }: { latency: Latency }) {
  const { average, turns } = latency;
  const seconds = (ms: number | null) => (ms === null ? "–" : formatSeconds(ms));
  const worst = (stage: keyof typeof average) => {
    const known = turns.map((turn) => turn[stage]).filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  const rows = [
    ...latencyStages.map((stage) => ({ stage, name: stageStyle[stage].name })),
    { stage: "total", name: "Total" } as const,
  ];
  return (
    <Panel title="Latency" aside={formatCount(turns.length, "answer")}>
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
                    className={`mr-2 inline-block size-2 rounded-full ${stageStyle[stage].paint}`}
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
          The phone line adds {latency.fromTransport ?? 0} ms on the way in and {latency.toTransport ?? 0} ms
          on the way out.
        </p>
      )}
    </Panel>
  );
}
