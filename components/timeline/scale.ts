import type { Span, Speaker } from "@/lib/calls/call";

/** Pixels from the top of the timeline. */
export const height = 112;
export const barHeight = 24;
export const laneTop: Readonly<Record<Speaker, number>> = { user: 16, assistant: 46 };
export const toolTop = 78;
export const axisTop = 90;

/** Position of a moment (epoch ms) in a span, as an SVG length. Moments outside are clamped to its edges. */
export function percent({ from, to }: Span, at: number): string {
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return `${Math.round(share * 1e5) / 1e3}%`;
}

/** Whether any part of `from` to `to` (epoch ms) is visible in a span. */
export function isSeen(span: Span, from: number, to: number): boolean {
  return from <= span.to && to >= span.from;
}

/** The moment (epoch ms) under a pointer. */
export function timeAt(
  { clientX, currentTarget }: { clientX: number; currentTarget: EventTarget & Element },
  span: Span,
): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return span.from + Math.min(1, Math.max(0, (clientX - left) / width)) * (span.to - span.from);
}
