"use client";

import { useNow } from "@/components/clock/use-now";
import { axisTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";

/** Now, on a live timeline. */
export function Playhead({ span }: { span: Span }) {
  const x = percent(span, useNow());
  return <line x1={x} x2={x} y1={12} y2={axisTop} className="stroke-line-strong" strokeWidth={1.5} />;
}
