"use client";

import { useNow } from "@/components/clock/clock";
import { Figures } from "@/components/ui/figures";
import { Panel } from "@/components/ui/panel";
import { callerLabel, callSpan, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import { silenceSince } from "@/lib/calls/state";
import {
  lacksSpeechTimes,
  noSpeechTimes,
  percentile,
  type TalkShare,
  toReplyLatencies,
  toTalkShare,
  toTurns,
} from "@/lib/calls/turns";
import { formatCount, formatSeconds } from "@/lib/format";

interface TalkBarProps {
  share: TalkShare;
  /** Label of the first share. */
  caller: string;
}

/** Talk time of the two voices and silence, as shares of the call. */
export function TalkBar({ share: { userMs, assistantMs, silentMs }, caller }: TalkBarProps) {
  const all = userMs + assistantMs + silentMs;
  const parts = [
    { name: caller, ms: userMs, paint: "bg-caller" },
    { name: "Assistant", ms: assistantMs, paint: "bg-assistant" },
    { name: "Silence", ms: silentMs, paint: "bg-faint" },
  ];
  const percent = (ms: number) => (all === 0 ? 0 : Math.round((ms / all) * 100));
  return (
    <>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-hover">
        {parts.map(({ name, ms, paint }) => (
          <div key={name} className={paint} style={{ width: `${percent(ms)}%` }} />
        ))}
      </div>
      <ul className="flex justify-between gap-2 pt-1.5 text-xs">
        {parts.map(({ name, ms, paint }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-full ${paint}`} />
            {name} {percent(ms)} %
          </li>
        ))}
      </ul>
    </>
  );
}

const toIso = (ms: number) => new Date(ms).toISOString();

/** Talk time, turns and response times in figures. */
export function TalkPanel({ detail: { call, marks, lines, hangs } }: { detail: CallDetail }) {
  const now = useNow();
  const span = callSpan(call, now);
  const endedAt = whenEnded(call);
  const turns = toTurns(marks, endedAt);
  const latencies = toReplyLatencies(turns).map(({ ms }) => ms);
  const [p50, p95] = [percentile(latencies, 0.5), percentile(latencies, 0.95)];
  const silentSince = silenceSince(call, now);
  const share = toTalkShare(
    turns,
    toIso(span.from),
    toIso(span.to),
    silentSince === null ? null : toIso(silentSince),
  );
  return (
    <Panel title="Talk time" aside={formatCount(turns.length, "turn")}>
      {endedAt !== null && lacksSpeechTimes(turns, lines) ? (
        <p className="text-muted">{noSpeechTimes}</p>
      ) : (
        <TalkBar share={share} caller={callerLabel(call)} />
      )}
      <div className="pt-3">
        <Figures
          rows={[
            ["Median response", p50 === null ? "–" : formatSeconds(p50)],
            ["p95 response", p95 === null ? "–" : formatSeconds(p95)],
            ["Interruptions", turns.filter((turn) => turn.interrupted).length],
            ["Hangs", hangs.length],
          ]}
        />
      </div>
    </Panel>
  );
}
