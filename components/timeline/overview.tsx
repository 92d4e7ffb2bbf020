"use client";

import { ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { Drawn } from "@/components/timeline/drawing";
import { percent, timeAt } from "@/components/timeline/scale";
import type { TimelineWindow } from "@/components/timeline/use-window";
import { IconButton } from "@/components/ui/button";
import { useKeys } from "@/components/ui/use-keys";
import type { Span, Speaker } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

const height = 22;
const lanes = { user: { y: 3, stroke: "stroke-caller" }, assistant: { y: 13, stroke: "stroke-assistant" } };
const laneHeight = 6;
/** How far each key moves the window, in window lengths. */
const stepsByKey: Readonly<Record<string, number>> = {
  ArrowLeft: -0.1,
  ArrowDown: -0.1,
  ArrowRight: 0.1,
  ArrowUp: 0.1,
  PageDown: -1,
  PageUp: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
const units = 10_000;

/** Zoom buttons next to a timeline's title, each with a shortcut. */
export function ZoomButtons({ view }: { view: TimelineWindow }) {
  useKeys([
    [["+", "="], view.zoomIn],
    [["-"], view.zoomOut],
  ]);
  return (
    <span className="flex">
      <IconButton label="Zoom out" shortcut="−" onClick={view.zoomOut} disabled={view.isWhole}>
        <ZoomOut aria-hidden />
      </IconButton>
      <IconButton label="Zoom in" shortcut="+" onClick={view.zoomIn}>
        <ZoomIn aria-hidden />
      </IconButton>
    </span>
  );
}

/** A long call in one thin strip, with the part shown by the timeline: drag it, click next to it, or use the arrow keys. */
export function TimelineOverview({ drawn, view }: { drawn: Drawn; view: TimelineWindow }) {
  const { whole, shown, moveTo } = view;
  const length = shown.to - shown.from;
  /** Where the pointer grabbed the window (ms from the window's start). */
  const [heldMs, setHeldMs] = useState<number | null>(null);

  function take(event: PointerEvent<SVGSVGElement>) {
    const at = timeAt(event, whole);
    const isInside = at >= shown.from && at <= shown.to;
    const held = isInside ? at - shown.from : length / 2;
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeldMs(held);
    moveTo(at - held);
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps = stepsByKey[event.key];
    if (steps !== undefined) moveTo(shown.from + steps * length);
    else if (event.key === "+" || event.key === "=") view.zoomIn();
    else if (event.key === "-") view.zoomOut();
    else return;
    event.preventDefault();
  }

  return (
    <div className="relative rounded-md has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input
        type="range"
        aria-label="Part of the call in view"
        aria-valuetext={`${formatDuration(shown.from - whole.from)} to ${formatDuration(shown.to - whole.from)}`}
        min={0}
        max={(whole.to - whole.from - length) / 1_000}
        step="any"
        value={(shown.from - whole.from) / 1_000}
        onChange={({ target }) => moveTo(whole.from + target.valueAsNumber * 1_000)}
        onKeyDown={onKeyDown}
        className="pointer-events-none absolute inset-0 opacity-0"
      />
      <svg
        aria-hidden="true"
        width="100%"
        height={height}
        className="block cursor-grab touch-none select-none active:cursor-grabbing"
        data-testid="overview"
        onPointerDown={take}
        onPointerMove={(event) => heldMs !== null && moveTo(timeAt(event, whole) - heldMs)}
        onPointerUp={() => setHeldMs(null)}
        onPointerCancel={() => setHeldMs(null)}
      >
        <rect width="100%" height={height} rx={4} className="fill-hover" />
        <OverviewMarks drawn={drawn} whole={whole} />
        <rect
          x={percent(whole, shown.from)}
          width={`${(100 * length) / (whole.to - whole.from)}%`}
          y={0.75}
          height={height - 1.5}
          rx={4}
          strokeWidth={1.5}
          className="fill-accent/12 stroke-accent"
        />
      </svg>
    </div>
  );
}

/** Turns and hangs, with one path per voice however many turns there are. */
function OverviewMarks({ drawn: { turns, hangs }, whole }: { drawn: Drawn; whole: Span }) {
  const place = (at: string | null) =>
    Math.round((((at === null ? whole.to : Date.parse(at)) - whole.from) / (whole.to - whole.from)) * units);
  const pathOf = (role: Speaker) =>
    turns
      .filter((turn) => turn.role === role)
      .map(
        ({ startedAt, stoppedAt }) =>
          `M${place(startedAt)} 0H${Math.max(place(startedAt) + 4, place(stoppedAt))}`,
      )
      .join("");
  const strip = (y: number, of: number, path: string, stroke: string) => (
    <svg
      aria-hidden="true"
      key={stroke}
      y={y}
      width="100%"
      height={of}
      viewBox={`0 -0.5 ${units} 1`}
      preserveAspectRatio="none"
    >
      <path d={path} strokeWidth={1} className={stroke} />
    </svg>
  );
  const hangPath = hangs.map(({ startedAt, stoppedAt }) => {
    const from = place(startedAt);
    return `M${from} 0H${Math.max(from + 12, place(stoppedAt))}`;
  });
  return (
    <>
      {strip(0, height, hangPath.join(""), "stroke-hang opacity-50")}
      {strip(lanes.user.y, laneHeight, pathOf("user"), lanes.user.stroke)}
      {strip(lanes.assistant.y, laneHeight, pathOf("assistant"), lanes.assistant.stroke)}
    </>
  );
}
