"use client";

import { useKeys } from "@/components/ui/use-keys";

interface ArchiveKeys {
  ids: readonly string[];
  currentId: string | null;
  focus: (callId: string) => void;
  search: () => void;
  choose: (callId: string) => void;
  clear: () => void;
}

/** The archive's keys. Enter needs none: each row is a link. */
export function useArchiveKeys({ ids, currentId, focus, search, choose, clear }: ArchiveKeys): void {
  /** From the current call, or from just before the first. */
  function move(steps: number) {
    const from = currentId === null ? -1 : ids.indexOf(currentId);
    const to = ids[Math.min(ids.length - 1, Math.max(0, from + steps))];
    if (to) focus(to);
  }

  useKeys([
    [["j", "ArrowDown"], () => move(1)],
    [["k", "ArrowUp"], () => move(-1)],
    [["x"], () => currentId !== null && ids.includes(currentId) && choose(currentId)],
    [["Escape"], clear],
    [["/"], search],
  ]);
}
