import type { Call } from "@/lib/calls/call";
import { whenEnded } from "@/lib/calls/when-ended";

export interface Span {
  /** Epoch ms. */
  from: number;
  to: number;
}

/** A call from its start (or its first trace) to its end, or to `now` (epoch ms) while it lives. */
export function callSpan(call: Call, now: number): Span {
  const from = Date.parse(call.startedAt ?? call.createdAt);
  const endedAt = whenEnded(call);
  return { from, to: Math.max(from, endedAt === null ? now : Date.parse(endedAt)) };
}
