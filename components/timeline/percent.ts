import type { Span } from "@/lib/calls/call";

/** Where a moment (epoch ms) lies in a span: an SVG length. Moments outside lie at its edges. */
export function percent({ from, to }: Span, at: number): string {
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return `${Math.round(share * 1e5) / 1e3}%`;
}
