import type { Span } from "@/lib/calls/call";

/** A live timeline grows by this much at a time, so that its bars rest in between. */
const stepMs = 30_000;

/** What a timeline covers: the whole call, and while it lives some room for what comes next. */
export function timelineSpan({ from, to }: Span, isLive: boolean): Span {
  const length = Math.max(to - from, 1_000);
  return { from, to: from + (isLive ? Math.ceil((length + 1) / stepMs) * stepMs : length) };
}
