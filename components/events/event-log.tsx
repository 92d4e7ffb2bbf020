"use client";

import { FileQuestion, Inbox, Pause, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useRef, useState } from "react";
import { EventFilters } from "@/components/events/event-filters";
import { EventRows, type EventRowsHandle } from "@/components/events/event-rows";
import { useEventLog, useEventSearch } from "@/components/events/use-event-log";
import { Button, IconButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { loadCode, withSuspense } from "@/components/ui/load-later";
import { NewsButton } from "@/components/ui/news-button";
import { Notice, Skeleton } from "@/components/ui/panel";
import { useKeys } from "@/components/ui/use-keys";
import type { EventEntry } from "@/lib/events/event";

interface EventKeys {
  events: readonly EventEntry[];
  currentKey: string | null;
  focus: (key: string) => void;
  search: () => void;
  close: () => void;
  togglePause: () => void;
  showNew: () => void;
}

/** Keyboard shortcuts of the event log. Enter needs none: each row is a button. */
export function useEventKeys(log: EventKeys): void {
  /** Moves from the current event, or from before the first if there is none. */
  function move(steps: number) {
    const from = log.events.findIndex(({ key }) => key === log.currentKey);
    const to = log.events[Math.min(log.events.length - 1, Math.max(0, from + steps))];
    if (to) log.focus(to.key);
  }

  useKeys([
    [["j", "ArrowDown"], () => move(1)],
    [["k", "ArrowUp"], () => move(-1)],
    [["/"], log.search],
    [["p"], log.togglePause],
    [["n"], log.showNew],
    [["Escape"], log.close],
  ]);
}

// The log renders without it; loaded when an event is opened.
const EventSidePanel = withSuspense(
  dynamic(() =>
    loadCode(() => import("@/components/events/event-side-panel")).then((module) => module.EventSidePanel),
  ),
);

/** All events, newest first. New ones are added on their own, and never move the rows being viewed. */
export function EventLog({ types }: { types: readonly string[] }) {
  const log = useEventLog();
  const { search, openKey, isNarrowed, set, clear } = useEventSearch();
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const rows = useRef<EventRowsHandle>(null);
  const typeField = useRef<HTMLInputElement>(null);
  const open = useCallback((key: string) => set({ event: key }), [set]);
  const togglePause = () => (log.isPaused ? log.release("paused") : log.hold("paused"));

  function showNew() {
    log.catchUp();
    log.release("scrolled");
    rows.current?.toTop();
  }

  useEventKeys({
    events: log.events,
    currentKey,
    focus: (key) => rows.current?.focus(key),
    search: () => typeField.current?.focus(),
    close: () => set({ event: null }),
    togglePause,
    showNew,
  });

  return (
    <div
      className={classNames(
        "grid h-full grid-cols-[minmax(0,1fr)]",
        openKey && "xl:grid-cols-[minmax(0,1fr)_32rem]",
      )}
    >
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
        <div className="flex flex-wrap items-start gap-x-3 gap-y-2 border-line border-b bg-surface px-3 py-2 sm:flex-nowrap sm:px-4">
          <h1 className="font-semibold text-xl leading-8 max-sm:grow">Events</h1>
          <EventFilters types={types} typeRef={typeField} />
          <NewsButton count={log.waiting} label={`${log.waiting} new`} onShow={showNew} className="sm:w-24" />
          <IconButton label={log.isPaused ? "Resume" : "Pause"} shortcut="p" onClick={togglePause}>
            {log.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          </IconButton>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the controls are inside; this only observes their
            events. */}
        <div
          className="@container min-h-0"
          onPointerEnter={({ pointerType }) => pointerType === "mouse" && log.hold("pointer")}
          onPointerLeave={() => log.release("pointer")}
          onFocus={() => log.hold("focus")}
          onBlur={({ currentTarget, relatedTarget }) =>
            currentTarget.contains(relatedTarget) || log.release("focus")
          }
        >
          {log.events.length > 0 && (
            <EventRows
              key={JSON.stringify(search)}
              ref={rows}
              events={log.events}
              currentKey={currentKey}
              openKey={openKey}
              onFocus={setCurrentKey}
              onOpen={open}
              onEnd={log.loadMore}
              onScroll={(isAtTop) => (isAtTop ? log.release("scrolled") : log.hold("scrolled"))}
            />
          )}
          {log.events.length === 0 && <Nothing log={log} isNarrowed={isNarrowed} onClear={clear} />}
        </div>
      </div>
      {openKey && <EventSidePanel key={openKey} eventKey={openKey} onClose={() => set({ event: null })} />}
    </div>
  );
}

interface NothingProps {
  log: ReturnType<typeof useEventLog>;
  isNarrowed: boolean;
  onClear: () => void;
}

function Nothing({ log, isNarrowed, onClear }: NothingProps) {
  if (log.error)
    return (
      <Notice icon={<FileQuestion aria-hidden />} title="Could not load the event log">
        <p role="alert">{log.error.message}</p>
        <Button onClick={log.retry}>Try again</Button>
      </Notice>
    );
  if (log.isPending) return <Skeleton className="m-4 h-64" />;
  return (
    <Notice icon={<Inbox aria-hidden />} title={isNarrowed ? "No events match" : "No events yet"}>
      {isNarrowed ? (
        <Button onClick={onClear}>Clear filters</Button>
      ) : (
        "Every message Vapi sends appears here, whatever its outcome."
      )}
    </Notice>
  );
}
