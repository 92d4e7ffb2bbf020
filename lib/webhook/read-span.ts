import type { Spoken } from "@/lib/webhook/read-spoken";
import { readStamp } from "@/lib/webhook/read-stamp";

export interface Span {
  startedAt: Date;
  endedAt: Date;
  /** 1 when the report itself says so: exact. -1 when it had to be made out from its messages: better than nothing. */
  rank: 1 | -1;
}

/**
 * When a call began and ended, by its report. Reports of 2024 carry no times: there the first word and the last
 * stand in, unless status events were seen, which know better.
 */
export function readSpan(
  report: { startedAt?: unknown; endedAt?: unknown; durationSeconds?: number | null | undefined },
  spoken: Spoken[],
  at: Date,
): Span {
  const [startedAt, endedAt] = [readStamp(report.startedAt), readStamp(report.endedAt)];
  if (startedAt && endedAt) return { startedAt, endedAt, rank: 1 };
  const durationMs = (report.durationSeconds ?? 0) * 1000;
  const last = endedAt ?? spoken.at(-1)?.endedAt ?? spoken.at(-1)?.at ?? at;
  if (durationMs > 0)
    return { startedAt: startedAt ?? new Date(last.getTime() - durationMs), endedAt: last, rank: 1 };
  return { startedAt: startedAt ?? spoken.find((entry) => entry.at)?.at ?? last, endedAt: last, rank: -1 };
}
