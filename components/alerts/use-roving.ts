"use client";

import { useRef, useState } from "react";

/** A list that Tab enters at one place, and in which keys move the focus on. `ids`: in the order they are shown in. */
export function useRoving(ids: readonly string[]) {
  const list = useRef<HTMLUListElement>(null);
  const [chosenId, setCurrentId] = useState<string | null>(null);
  const currentId = chosenId !== null && ids.includes(chosenId) ? chosenId : (ids[0] ?? null);

  function move(steps: number) {
    const from = chosenId === null || !ids.includes(chosenId) ? (steps > 0 ? -1 : 0) : ids.indexOf(chosenId);
    const id = ids[Math.min(ids.length - 1, Math.max(0, from + steps))];
    if (id === undefined) return;
    setCurrentId(id);
    list.current?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"] a`)?.focus();
  }

  return { list, currentId, setCurrentId, move };
}
