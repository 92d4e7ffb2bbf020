/** From when silence is worth a look, and from when somebody should do something. */
export const silenceLevels = { waitingMs: 5_000, longMs: 10_000 } as const;

export type SilenceLevel = "calm" | "waiting" | "long";

/** How worrying a silence of `ms` is. */
export function silenceLevel(ms: number): SilenceLevel {
  if (ms < silenceLevels.waitingMs) return "calm";
  return ms < silenceLevels.longMs ? "waiting" : "long";
}
