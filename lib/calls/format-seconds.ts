/** Milliseconds → "0.8 s", "12 s": for latencies and pauses, where a minute is already a scandal. */
export function formatSeconds(ms: number): string {
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
