import { barHeight, laneTop } from "@/components/timeline/scale";
import type { Span, Speaker } from "@/lib/calls/call";

/** Volume of a recording over time, 0 to 1, per channel: the caller's, then the assistant's; or a single one for both. */
export interface Waveform {
  channels: readonly Float32Array[];
  durationSeconds: number;
}

/** Strokes across the visible part: about one per two pixels of a wide screen. */
const mostStrokes = 640;

/** The peak of each of `count` equal intervals between two moments of a recording (seconds); 0 outside it. */
export function toStrokes(
  peaks: Float32Array,
  durationSeconds: number,
  [from, to]: readonly [number, number],
  count: number,
): number[] {
  const perSecond = peaks.length / durationSeconds;
  const at = (index: number) => Math.floor((from + ((to - from) * index) / count) * perSecond);
  return Array.from({ length: count }, (_, index) => {
    let loudest = 0;
    const end = Math.min(peaks.length, Math.max(at(index) + 1, at(index + 1)));
    for (let peak = Math.max(0, at(index)); peak < end; peak += 1)
      loudest = Math.max(loudest, peaks[peak] ?? 0);
    return loudest;
  });
}

/** Strokes up and down from the middle of a lane. Silence is not drawn. */
function toPath(strokes: readonly number[]): string {
  const middle = barHeight / 2;
  return strokes
    .flatMap((loud, index) => {
      const reach = Math.round(loud * (middle - 1) * 10) / 10;
      return reach < 0.3 ? [] : `M${index + 0.5} ${middle - reach}v${2 * reach}`;
    })
    .join("");
}

const strokeStyle = { user: "stroke-caller", assistant: "stroke-assistant" } as const;

interface LaneWaveformProps {
  waveform: Waveform;
  span: Span;
  /** Epoch ms of the call's start, where the recording begins. */
  start: number;
}

/** A recording drawn in its speakers' lanes; if both share one channel, faintly in both. */
export function LaneWaveform({ waveform: { channels, durationSeconds }, span, start }: LaneWaveformProps) {
  const seconds = [(span.from - start) / 1_000, (span.to - start) / 1_000] as const;
  const paths = channels.map((peaks) => toPath(toStrokes(peaks, durationSeconds, seconds, mostStrokes)));
  const [first = "", second] = paths;
  const lanes: readonly (readonly [Speaker, string])[] = [
    ["user", first],
    ["assistant", second ?? first],
  ];
  return (
    <g data-testid="waveform" data-channels={channels.length}>
      {lanes.map(([role, path]) => (
        <svg
          key={role}
          aria-hidden="true"
          y={laneTop[role]}
          width="100%"
          height={barHeight}
          viewBox={`0 0 ${mostStrokes} ${barHeight}`}
          preserveAspectRatio="none"
        >
          <path
            d={path}
            vectorEffect="non-scaling-stroke"
            strokeWidth={1.25}
            className={second === undefined ? "stroke-muted opacity-50" : strokeStyle[role]}
          />
        </svg>
      ))}
    </g>
  );
}
