import { EventFlag } from "@/components/timeline/event-flag";
import { HangFlag } from "@/components/timeline/hang-flag";
import { OpenHangFlag } from "@/components/timeline/open-hang-flag";
import { OpenTurnBar } from "@/components/timeline/open-turn-bar";
import { SilenceGap } from "@/components/timeline/silence-gap";
import { TimelineAxis } from "@/components/timeline/timeline-axis";
import { ToolTick } from "@/components/timeline/tool-tick";
import { TurnBar } from "@/components/timeline/turn-bar";
import type { Span } from "@/lib/calls/call";
import type { Mark, ToolCall, Turn } from "@/lib/calls/parts";
import type { HangEpisode, Silence } from "@/lib/calls/turns";

/** What there is to draw of a call. */
export interface Drawn {
  turns: readonly Turn[];
  silences: readonly Silence[];
  hangs: readonly HangEpisode[];
  toolCalls: readonly ToolCall[];
  flags: readonly Mark[];
}

/** All of a timeline that rests until the call itself changes. */
export function TimelineDrawing({ drawn, span }: { drawn: Drawn; span: Span }) {
  return (
    <>
      {drawn.hangs.map((hang) =>
        hang.stoppedAt === null ? (
          <OpenHangFlag key={hang.id} hang={hang} span={span} />
        ) : (
          <HangFlag key={hang.id} hang={hang} span={span} now={span.to} />
        ),
      )}
      <TimelineAxis span={span} />
      {drawn.turns.map((turn) =>
        turn.stoppedAt === null ? (
          <OpenTurnBar key={turn.role + turn.startedAt} turn={turn} span={span} />
        ) : (
          <TurnBar key={turn.role + turn.startedAt} turn={turn} span={span} now={span.to} />
        ),
      )}
      {drawn.silences.map((silence) => (
        <SilenceGap key={silence.startedAt} silence={silence} span={span} />
      ))}
      {drawn.toolCalls.map((toolCall) => (
        <ToolTick key={toolCall.id} toolCall={toolCall} span={span} />
      ))}
      {drawn.flags.map((mark) => (
        <EventFlag key={mark.id} mark={mark} span={span} />
      ))}
    </>
  );
}
