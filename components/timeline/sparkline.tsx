"use client";

import { useNow } from "@/components/clock/clock";
import { type Call, whenEnded } from "@/lib/calls/call";
import { recentSpeechMs } from "@/lib/calls/recent-speech";

const lanes = { user: { y: 1, fill: "fill-caller" }, assistant: { y: 9, fill: "fill-assistant" } } as const;
const seconds = recentSpeechMs / 1_000;

/**
 * Who spoke in the last 90 s, drawn like the call's timeline: caller above, assistant below, now on the right. Moves
 * with the page's clock; adds nothing to what the row states in words.
 */
export function Sparkline({ call, className }: { call: Call; className?: string }) {
  const now = useNow();
  const endedAt = whenEnded(call);
  const until = endedAt === null ? now : Date.parse(endedAt);
  const from = until - recentSpeechMs;
  const place = (iso: string | null) => (iso === null ? seconds : (Date.parse(iso) - from) / 1_000);
  return (
    <svg aria-hidden viewBox={`0 0 ${seconds} 16`} preserveAspectRatio="none" className={className}>
      <path d={`M0 4h${seconds}M0 12h${seconds}`} className="stroke-line" vectorEffect="non-scaling-stroke" />
      {call.recentSpeech?.map((span) => {
        const x = Math.max(0, place(span.from));
        const end = Math.min(seconds, place(span.to));
        if (end <= 0 || x >= seconds) return null;
        const { y, fill } = lanes[span.role];
        return (
          <rect
            key={`${span.role} ${span.from}`}
            x={x}
            y={y}
            width={Math.max(0.5, end - x)}
            height={6}
            className={fill}
          />
        );
      })}
    </svg>
  );
}
