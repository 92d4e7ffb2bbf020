import { toolTop } from "@/components/timeline/lanes";
import { percent } from "@/components/timeline/percent";
import type { Span } from "@/lib/calls/call";
import type { ToolCall } from "@/lib/calls/parts";

/** A tool call: a diamond when it was asked, a line as long as the answer took. */
export function ToolTick({ toolCall, span }: { toolCall: ToolCall; span: Span }) {
  const x = percent(span, Date.parse(toolCall.askedAt));
  const end = toolCall.answeredAt ? percent(span, Date.parse(toolCall.answeredAt)) : x;
  const tone = toolCall.error === null ? "fill-ink" : "fill-hang";
  return (
    <g>
      <line x1={x} x2={end} y1={toolTop} y2={toolTop} className="stroke-faint" strokeWidth={3} />
      <svg x={x} y={toolTop} overflow="visible" aria-hidden="true">
        <path d="M0 -4.5 4.5 0 0 4.5 -4.5 0z" className={tone} />
      </svg>
    </g>
  );
}
