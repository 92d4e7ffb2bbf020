import type { Line, LineSource, SourceLine } from "@/lib/calls/line";

const labels: Readonly<Record<NonNullable<Line["onlyIn"]>, string>> = {
  live: "Live only, not in the report",
  report: "Report only, not heard live",
  transcript: "Transcript only",
  conversation: "Conversation update only",
  partial: "Partial only, final missing",
};

/** Label of the only source that has a line's words. */
export function describeOnlyIn(onlyIn: NonNullable<Line["onlyIn"]>): string {
  return labels[onlyIn];
}

interface Known {
  line: SourceLine;
  at: number;
  sources: ReadonlySet<LineSource>;
}

/**
 * Returns a function that names the only source with a line's words, if other sources should have them too. A report is
 * complete once it is there; a live source can have missed a line only if it has brought something later.
 */
export function toOnlyIn(
  lines: readonly Known[],
  sourceLines: readonly SourceLine[],
): (line: Known) => Line["onlyIn"] {
  const last = new Map<LineSource, number>();
  for (const { source, at } of sourceLines) last.set(source, Math.max(last.get(source) ?? 0, Date.parse(at)));
  const lastLive = lines.reduce(
    (latest, { at, sources }) => (isLive(sources) ? Math.max(latest, at) : latest),
    Number.NEGATIVE_INFINITY,
  );
  const hasGoneOn = (source: LineSource, at: number) => (last.get(source) ?? 0) > at;
  return ({ at, line, sources }) => {
    if (last.has("report")) {
      if (!sources.has("report")) return "live";
      return sources.size === 1 && lastLive > at ? "report" : null;
    }
    if (sources.size > 1) return null;
    const others = (["conversation", "transcript"] as const).filter((source) => source !== line.source);
    return others.some((source) => hasGoneOn(source, at)) ? line.source : null;
  };
}

function isLive(sources: ReadonlySet<LineSource>): boolean {
  return sources.size > 1 || !sources.has("report");
}
