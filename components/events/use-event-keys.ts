"use client";

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

/** The event log's keys. Enter needs none: each row is a button. */
export function useEventKeys(log: EventKeys): void {
  /** From the current event, or from just before the first. */
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
