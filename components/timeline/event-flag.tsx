import { axisTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import type { Mark } from "@/lib/calls/parts";
import { describeMark } from "@/lib/calls/transcript";

/** A transfer, a switch of assistant or language: a flag with its name. */
export function EventFlag({ mark, span }: { mark: Mark; span: Span }) {
  const at = Date.parse(mark.at);
  const isLate = at - span.from > (span.to - span.from) * 0.8;
  const x = percent(span, at);
  return (
    <g>
      <line x1={x} x2={x} y1={2} y2={axisTop - 4} className="stroke-line-strong" strokeDasharray="1 2" />
      <text
        x={x}
        y={11}
        dx={isLate ? -5 : 5}
        textAnchor={isLate ? "end" : "start"}
        className="fill-muted text-[11px]"
      >
        {describeMark(mark)}
      </text>
    </g>
  );
}
