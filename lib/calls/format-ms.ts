import { formatSeconds } from "@/lib/calls/format-seconds";

/** Milliseconds → "7 ms", "480 ms", "1.3 s": for the time a machine takes. */
export function formatMs(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : formatSeconds(ms);
}
