import type { Turn } from "@/lib/calls/turn";

export interface TalkShare {
  userMs: number;
  assistantMs: number;
  /** Nobody speaking. Both at once counts for both voices, so the three may add up to more than the call. */
  silentMs: number;
}

/** How the time between a call's start and its end (or now; both ISO) was spent. */
export function toTalkShare(turns: readonly Turn[], startedAt: string, until: string): TalkShare {
  const spans = turns.map(({ role, startedAt: from, stoppedAt }) => ({
    role,
    from: Date.parse(from),
    to: Date.parse(stoppedAt ?? until),
  }));
  const [userMs, assistantMs] = (["user", "assistant"] as const).map((role) =>
    spans.filter((span) => span.role === role).reduce((sum, { from, to }) => sum + to - from, 0),
  );
  let heardUntil = Date.parse(startedAt);
  let silentMs = 0;
  for (const { from, to } of spans) {
    silentMs += Math.max(0, from - heardUntil);
    heardUntil = Math.max(heardUntil, to);
  }
  silentMs += Math.max(0, Date.parse(until) - heardUntil);
  return { userMs: userMs ?? 0, assistantMs: assistantMs ?? 0, silentMs };
}
