"use client";

import dynamic from "next/dynamic";
import {
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { useNow } from "@/components/clock/clock";
import { LiveLevels } from "@/components/control/live-levels";
import { Playhead, TimelineCursor } from "@/components/timeline/axis";
import { type Drawn, TimelineDrawing } from "@/components/timeline/drawing";
import { barHeight, height, laneTop, timeAt } from "@/components/timeline/scale";
import { TurnTable } from "@/components/timeline/turn-table";
import { longMs, type TimelineWindow, useTimelineWindow } from "@/components/timeline/use-window";
import type { Waveform } from "@/components/timeline/waveform";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { callerLabel, callSpan, type Span, whenEnded } from "@/lib/calls/call";
import type { CallDetail } from "@/lib/calls/detail";
import type { MarkKind } from "@/lib/calls/parts";
import { dropDuplicateMarks } from "@/lib/calls/transcript";
import { lacksSpeechTimes, noSpeechTimes, toSilences, toTurns } from "@/lib/calls/turns";
import { formatDuration } from "@/lib/format";

interface TimelineProps {
  callId: string;
  drawn: Drawn;
  view: TimelineWindow;
  isLive: boolean;
  /** Label of the lane that is not the assistant's. */
  caller: string;
  /** Epoch ms of the selected moment; null if none. */
  chosenAt: number | null;
  onChoose: (at: number) => void;
  waveform: Waveform | null;
}

/** If there is room, lane names are on the left. */
const besideNames = "@xl:pl-19";

/** Zoom factor per pixel of wheel movement. */
const zoomPerPixel = 1.002;
/** A pointer that moves less has clicked, not dragged. */
const dragPx = 6;

/** Where a pointer grabbed the lanes, and the window's start at that time (epoch ms). */
interface Grip {
  x: number;
  from: number;
}

/** Wheel on the lanes: horizontal scrolls through the call, with Ctrl (or a pinch) it zooms. Vertical scrolls the page. */
function useWheel(view: TimelineWindow): RefObject<SVGSVGElement | null> {
  const lanes = useRef<SVGSVGElement>(null);
  const onWheel = useEffectEvent((event: WheelEvent) => {
    const { shown, moveTo, zoom, isWhole } = view;
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    const element = lanes.current;
    if (!element) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(zoomPerPixel ** event.deltaY, timeAt({ clientX: event.clientX, currentTarget: element }, shown));
    } else if (!isWhole && Math.abs(sideways) >= Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      event.preventDefault();
      moveTo(shown.from + (sideways / element.getBoundingClientRect().width) * (shown.to - shown.from));
    }
  });
  useEffect(() => {
    // React's own wheel listeners are passive, so they cannot prevent the page's zoom.
    const listener = (event: WheelEvent) => onWheel(event);
    const element = lanes.current;
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, []);
  return lanes;
}

/** The call in one picture: who spoke when, and every hang, tool call and event. Point, click, drag, or use the arrow keys. */
export function Timeline({
  callId,
  drawn,
  view,
  isLive,
  caller,
  chosenAt,
  onChoose,
  waveform,
}: TimelineProps) {
  const { whole, shown } = view;
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const [grip, setGrip] = useState<Grip | null>(null);
  const lanes = useWheel(view);
  const seconds = (whole.to - whole.from) / 1_000;
  const cursor = pointedAt ?? chosenAt;
  const position = chosenAt ?? (isLive ? whole.to : whole.from);

  function onPointerMove(event: PointerEvent<SVGSVGElement>) {
    setPointedAt(event.pointerType === "mouse" ? timeAt(event, shown) : null);
    // The pointer was released outside the lanes.
    if (event.buttons === 0) setGrip(null);
    else if (grip !== null && !view.isWhole) drag(event, grip);
  }

  function drag({ clientX, currentTarget, pointerId }: PointerEvent<SVGSVGElement>, held: Grip) {
    if (Math.abs(clientX - held.x) < dragPx) return;
    currentTarget.setPointerCapture(pointerId);
    const { width } = currentTarget.getBoundingClientRect();
    view.moveTo(held.from - ((clientX - held.x) / width) * (shown.to - shown.from));
  }

  function onPointerUp(event: PointerEvent<SVGSVGElement>) {
    const hasDragged = grip === null || (!view.isWhole && Math.abs(event.clientX - grip.x) >= dragPx);
    setGrip(null);
    if (!hasDragged) onChoose(timeAt(event, shown));
  }

  return (
    <div
      className={`${besideNames} relative rounded-md has-focus-visible:outline-2 has-focus-visible:outline-accent`}
    >
      <div aria-hidden className="absolute inset-y-0 left-0 font-medium text-xs @max-xl:hidden">
        <span className="absolute text-caller" style={{ top: laneTop.user, lineHeight: `${barHeight}px` }}>
          {caller}
        </span>
        <span
          className="absolute text-assistant"
          style={{ top: laneTop.assistant, lineHeight: `${barHeight}px` }}
        >
          Assistant
        </span>
      </div>
      <div className="relative min-w-0">
        <input
          type="range"
          aria-label="Position in the call"
          aria-valuetext={formatDuration(position - whole.from)}
          min={0}
          max={Math.floor(seconds)}
          value={Math.round((position - whole.from) / 1_000)}
          onChange={({ target }) => onChoose(whole.from + target.valueAsNumber * 1_000)}
          className="pointer-events-none absolute inset-0 opacity-0"
        />
        <svg
          ref={lanes}
          role="img"
          aria-label={summarize(drawn)}
          width="100%"
          height={height}
          className="block cursor-crosshair touch-pan-y select-none overflow-hidden"
          onPointerDown={({ clientX }) => setGrip({ x: clientX, from: shown.from })}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointedAt(null)}
          onPointerUp={onPointerUp}
          onPointerCancel={() => setGrip(null)}
        >
          <TimelineDrawing drawn={drawn} span={shown} start={whole.from} waveform={waveform} />
          {isLive && <LiveLevels callId={callId} span={shown} />}
          {isLive && <Playhead span={shown} />}
          {cursor !== null && <TimelineCursor at={cursor} span={shown} start={whole.from} />}
        </svg>
      </div>
    </div>
  );
}

function summarize({ turns, hangs, toolCalls }: Drawn): string {
  const interrupted = turns.filter((turn) => turn.interrupted).length;
  return `Speech timeline: ${turns.length} turns, ${interrupted} interrupted, ${hangs.length} hangs, ${toolCalls.length} tool calls. The table below lists the turns.`;
}

// Only long calls need these.
const TimelineOverview = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/timeline/overview")).then((module) => module.TimelineOverview),
  ),
);
const ZoomButtons = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/timeline/overview")).then((module) => module.ZoomButtons),
  ),
);

/** A live timeline grows by this much at a time, so that its bars stay still in between. */
const stepMs = 30_000;

/** Span of a timeline: the whole call, plus room to grow while it is live. */
export function timelineSpan({ from, to }: Span, isLive: boolean): Span {
  const length = Math.max(to - from, 1_000);
  return { from, to: from + (isLive ? Math.ceil((length + 1) / stepMs) * stepMs : length) };
}

interface LiveTimelineProps {
  detail: CallDetail;
  chosenAt: number | null;
  onChoose: (at: number) => void;
  /** Waveform of the call's recording; null if there is none. */
  waveform?: Waveform | null;
  /** Next to the title: the recording's controls. */
  children?: ReactNode;
}

const flagged: readonly MarkKind[] = [
  "transfer",
  "transfer-refused",
  "language",
  "assistant-started",
  "hang-up-asked",
  "forward-asked",
];

/** A call's timeline. Live or stored, it is drawn from the same marks by the same functions. */
export function LiveTimeline({ detail, chosenAt, onChoose, waveform = null, children }: LiveTimelineProps) {
  const { call, marks, lines, hangs, operatorActions, toolCalls } = detail;
  const endedAt = whenEnded(call);
  const isLive = endedAt === null;
  const whole = timelineSpan(callSpan(call, useNow()), isLive);
  const view = useTimelineWindow(whole, isLive, chosenAt);
  const turns = toTurns(marks, endedAt);
  // While the call is live, the header's clock shows the current silence; only past silences are drawn here.
  const until = endedAt ?? turns.at(-1)?.startedAt ?? call.createdAt;
  const hasNoTimes = !isLive && lacksSpeechTimes(turns, lines);
  const drawn = {
    turns,
    silences: call.startedAt && !hasNoTimes ? toSilences(turns, call.startedAt, until) : [],
    hangs,
    toolCalls,
    flags: dropDuplicateMarks(marks).filter(({ kind }) => flagged.includes(kind)),
    actions: operatorActions,
  };
  const isLong = whole.to - whole.from >= longMs;
  const caller = callerLabel(call);
  return (
    <section aria-label="Speech timeline" className="@container grid gap-1">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-semibold text-sm">Speech timeline</h2>
        {children}
        <span className={isLong ? "ml-auto" : "ml-auto @xl:hidden"}>
          <ZoomButtons view={view} />
        </span>
      </div>
      {(isLong || !view.isWhole) && (
        <div className={besideNames}>
          <TimelineOverview drawn={drawn} view={view} />
        </div>
      )}
      <Timeline
        callId={call.id}
        drawn={drawn}
        view={view}
        isLive={isLive}
        caller={caller}
        chosenAt={chosenAt}
        onChoose={onChoose}
        waveform={waveform}
      />
      {hasNoTimes ? (
        <p className="text-muted text-xs">{noSpeechTimes}</p>
      ) : (
        <TurnTable turns={turns} start={whole.from} caller={caller} />
      )}
    </section>
  );
}
