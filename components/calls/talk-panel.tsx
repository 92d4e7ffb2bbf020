"use client";

import { TalkBar } from "@/components/calls/talk-bar";
import { useNow } from "@/components/clock/use-now";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import { callSpan, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { percentile, toReplyLatencies, toTalkShare, toTurns } from "@/lib/calls/turns";
import { formatSeconds } from "@/lib/format";

/** How the talking went, in figures. */
export function TalkPanel({ detail: { call, marks } }: { detail: CallDetail }) {
  const span = callSpan(call, useNow());
  const turns = toTurns(marks, whenEnded(call));
  const latencies = toReplyLatencies(turns).map(({ ms }) => ms);
  const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
  const share = toTalkShare(turns, new Date(span.from).toISOString(), new Date(span.to).toISOString());
  return (
    <Panel title="Talk" aside={`${turns.length} turns`}>
      <TalkBar share={share} />
      <div className="pt-3">
        <Figures
          rows={[
            ["Median reply", p50 === null ? "–" : formatSeconds(p50)],
            ["Slowest 5 % of replies", p95 === null ? "–" : formatSeconds(p95)],
            ["Interruptions", turns.filter((turn) => turn.interrupted).length],
            ["Hangs", call.hangs],
          ]}
        />
      </div>
    </Panel>
  );
}
