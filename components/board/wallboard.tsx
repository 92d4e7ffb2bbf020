"use client";

import { type RefCallback, useEffect, useEffectEvent, useState } from "react";
import { SoundBlockedBar } from "@/components/alerts/alarm-button";
import { alertEdge } from "@/components/alerts/row-alert";
import type { Attention } from "@/components/alerts/use-open-alerts";
import { toLiveLabel } from "@/components/board/board-numbers";
import type { PulseFigure } from "@/components/board/to-pulse-figures";
import { LiveDuration, LiveState } from "@/components/calls/live-state";
import { Since } from "@/components/realtime/connection-badge";
import { useOutdatedSince } from "@/components/realtime/use-outdated-since";
import { classNames } from "@/components/ui/class-names";
import { CutText } from "@/components/ui/cut-text";
import { type Call, callTitle } from "@/lib/calls/call";
import type { BoardNumbers } from "@/lib/calls/state";
import { formatDuration } from "@/lib/format";

/** While mounted, keeps the screen awake; leaving full screen leaves the wallboard. */
export function useWallMode(onLeave: () => void): void {
  const leave = useEffectEvent(onLeave);
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isNotFound = false;
    // The browser releases the wake lock when the page is hidden, so it is requested again when the page returns.
    async function stayAwake() {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      const taken = await navigator.wakeLock.request("screen").catch(() => null);
      if (isNotFound) await taken?.release();
      else lock = taken;
    }
    const onFullscreen = () => document.fullscreenElement === null && leave();
    void stayAwake();
    document.addEventListener("visibilitychange", stayAwake);
    document.addEventListener("fullscreenchange", onFullscreen);
    return () => {
      isNotFound = true;
      document.removeEventListener("visibilitychange", stayAwake);
      document.removeEventListener("fullscreenchange", onFullscreen);
      void lock?.release();
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
}

/** Before anything is measured. */
const usualRows = 12;

/** Number of rows that fit into a list, from the height of the first; updated when the window changes. */
function useFittingRows(): readonly [RefCallback<HTMLElement>, number] {
  const [list, setList] = useState<HTMLElement | null>(null);
  const [rows, setRows] = useState(usualRows);
  useEffect(() => {
    if (!list) return;
    const observer = new ResizeObserver(() => {
      const rowHeight = list.firstElementChild?.getBoundingClientRect().height;
      if (rowHeight) setRows(Math.max(1, Math.floor(list.clientHeight / rowHeight)));
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [list]);
  return [setList, rows];
}

interface WallboardProps {
  attention: Attention;
  numbers: BoardNumbers;
  pulse: readonly PulseFigure[];
  /** Most urgent first; as many as fit are shown. */
  calls: readonly Call[];
  onLeave: () => void;
}

/** The board for a screen on the wall, readable across the room and not interactive. Escape leaves it. */
export function Wallboard({ attention, numbers, pulse, calls, onLeave }: WallboardProps) {
  useWallMode(onLeave);
  const [list, shown] = useFittingRows();
  const outdatedSince = useOutdatedSince();
  const figures = [
    {
      label: "Needs attention",
      value: attention.open.size.toLocaleString("en"),
      tone: attention.open.size > 0 ? "text-hang" : "",
    },
    { label: toLiveLabel(numbers), value: numbers.live.toLocaleString("en"), tone: "" },
    {
      label: "Longest",
      value: numbers.longestMs === null ? "–" : formatDuration(numbers.longestMs),
      tone: "",
    },
    ...pulse.slice(0, 1).map(({ label, value }) => ({ label, value, tone: "" })),
  ];
  return (
    <div className="fixed inset-0 z-40 flex flex-col overflow-hidden bg-bg p-[3vmin]">
      <button
        type="button"
        onClick={onLeave}
        className="sr-only focus:not-sr-only focus:absolute focus:top-3 focus:right-3 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Leave wallboard
      </button>
      {outdatedSince !== null && (
        <p className="mb-[3vmin] bg-waiting-soft px-[2vmin] py-[1vmin] text-[max(1.25rem,3vmin)] text-waiting">
          <span role="alert">These calls may be out of date.</span> No connection
          <Since at={outdatedSince} />
        </p>
      )}
      <SoundBlockedBar />
      <dl className="grid grid-cols-2 gap-[2vmin] lg:grid-cols-4">
        {figures.map(({ label, value, tone }) => (
          <div key={label} className={classNames("flex flex-col-reverse", tone)}>
            <dt className={classNames("text-[max(1.25rem,3vmin)]", tone || "text-muted")}>{label}</dt>
            <dd className="font-semibold whitespace-nowrap text-[max(3rem,min(13vmin,5.5vw))] leading-none tracking-tight">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <ul
        ref={list}
        className="mt-[3vmin] min-h-0 grow overflow-hidden border-line border-t text-[max(1.25rem,3vmin)]"
      >
        {calls.slice(0, shown).map((call) => (
          <li
            key={call.id}
            className={classNames(
              "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-[3vmin] border-line border-b px-[1.5vmin] py-[1.2vmin] lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_4.5em] [&_svg]:size-[1em]",
              alertEdge(attention.byCall.get(call.id)),
            )}
          >
            <CutText className="font-medium">{callTitle(call)}</CutText>
            <CutText className="text-muted max-lg:hidden">{call.assistantName}</CutText>
            <LiveState call={call} />
            <span className="text-right max-lg:hidden">
              <LiveDuration call={call} />
            </span>
          </li>
        ))}
      </ul>
      {calls.length === 0 && (
        <p className="grow text-center text-[max(1.25rem,3vmin)] text-muted">All quiet. No live calls.</p>
      )}
      <p className="h-[1.5em] pt-[1vmin] text-[max(1.25rem,3vmin)] text-muted leading-tight">
        {calls.length > shown && `+ ${(calls.length - shown).toLocaleString("en")} more`}
      </p>
    </div>
  );
}
