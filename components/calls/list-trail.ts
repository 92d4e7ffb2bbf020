"use client";

import { type MouseEvent, useSyncExternalStore } from "react";

/** The lists that lead to calls, by the page of the navigation they are on. */
export type ListName = "Live" | "Alerts" | "Reports" | "Conversations" | "Events";

/** The list a reader came to a call from. */
export interface ListTrail {
  list: ListName;
  /** The list's page with its filters, as it was left. */
  href: string;
  /** Its calls in the order they had, as far as they were loaded. */
  ids: readonly string[];
}

/** Of this tab: it survives a reload, and another tab has a list of its own. */
const storageKey = "earshot.list";
const watchers = new Set<() => void>();

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** A browser may refuse to store anything: then Back leads to the board, as it does without a list. */
function readStored(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function store(trail: ListTrail): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(trail));
  } catch {
    return;
  }
  for (const watcher of watchers) watcher();
}

function parseTrail(stored: string | null): ListTrail | null {
  if (stored === null) return null;
  // Only `store` writes it.
  return JSON.parse(stored) as ListTrail;
}

/**
 * The list that a call was opened from; null for one that was come to by a link, a push or the palette.
 * @param callId null while no call is open
 */
export function useListTrail(callId: string | null): ListTrail | null {
  const stored = useSyncExternalStore(watch, readStored, () => null);
  const trail = callId === null ? null : parseTrail(stored);
  return callId !== null && trail?.ids.includes(callId) ? trail : null;
}

/** For the element around a list of links to calls: remembers the list when one of them is opened, by mouse or keyboard. */
export function leavesTrail(list: ListName, ids: readonly string[]) {
  return {
    onClickCapture({ target }: MouseEvent) {
      const link = target instanceof Element ? target.closest("a") : null;
      if (link?.pathname.startsWith("/calls/"))
        store({ list, href: location.pathname + location.search, ids: [...new Set(ids)] });
    },
  };
}
