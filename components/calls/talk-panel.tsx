"use client";

import { TalkBar } from "@/components/calls/talk-bar";
import { useNow } from "@/components/clock/use-now";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import type { CallDetail } from "@/lib/calls/call-detail";
import { callSpan } from "@/lib/calls/call-span";
import { formatSeconds } from "@/lib/calls/format-seconds";
import { percentile } from "@/lib/calls/percentile";
import { toHangEpisodes } from "@/lib/calls/to-hang-episodes";
import { toReplyLatencies } from "@/lib/calls/to-reply-latencies";
import { toTalkShare } from "@/lib/calls/to-talk-share";
import { toTurns } from "@/lib/calls/to-turns";
import { whenEnded } from "@/lib/calls/when-ended";

/** How the talking went, in figures. */
export function TalkPanel({ detail: { call, marks } }: { detail: CallDetail }) {
  const span = callSpan(call, useNow());
  const endedAt = whenEnded(call);
  const turns = toTurns(marks, endedAt);
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
            ["Hangs", toHangEpisodes(marks, turns, endedAt, call.startedAt).length],
          ]}
        />
      </div>
    </Panel>
  );
}
