import type { Span, Speaker } from "@/lib/calls/call";

/** Pixels from the top of the timeline. */
export const height = 116;
export const barHeight = 22;
export const laneTop: Readonly<Record<Speaker, number>> = { user: 20, assistant: 48 };
export const toolTop = 78;
export const axisTop = 92;

/** Where a moment (epoch ms) lies in a span: an SVG length. Moments outside lie at its edges. */
export function percent({ from, to }: Span, at: number): string {
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return `${Math.round(share * 1e5) / 1e3}%`;
}
