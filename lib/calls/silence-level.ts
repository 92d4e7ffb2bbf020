/** From when silence is worth a look, and from when somebody should do something; settable (lib/alerts/alert-rules.ts). */
export interface SilenceLevels {
  waitingMs: number;
  longMs: number;
}

export type SilenceLevel = "calm" | "waiting" | "long";

/** How worrying a silence of `ms` is. */
export function silenceLevel(ms: number, { waitingMs, longMs }: SilenceLevels): SilenceLevel {
  if (ms < waitingMs) return "calm";
  return ms < longMs ? "waiting" : "long";
}
