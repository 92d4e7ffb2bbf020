"use client";

import { type MouseEvent, useSyncExternalStore } from "react";

/** The lists that link to calls, named by their page in the navigation. */
export type ListName = "Live" | "Alerts" | "Reports" | "Conversations" | "Events";

/** The list from which the viewer opened a call. */
export interface ListTrail {
  list: ListName;
  /** URL of the list's page, with the filters in use. */
  href: string;
  /** The list's calls in their order at the time, as far as loaded. */
  ids: readonly string[];
}

/** Session storage: it survives a reload, and each browser tab has its own list. */
const storageKey = "earshot.list";
const watchers = new Set<() => void>();

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** A browser may block storage. Back then leads to the board, as without a list. */
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
  // Only `store` writes it, so the shape is known.
  return JSON.parse(stored) as ListTrail;
}

/**
 * The list from which a call was opened; null if it was opened by a link, a push notification or the palette.
 * @param callId null while no call is open
 */
export function useListTrail(callId: string | null): ListTrail | null {
  const stored = useSyncExternalStore(watch, readStored, () => null);
  const trail = callId === null ? null : parseTrail(stored);
  return callId !== null && trail?.ids.includes(callId) ? trail : null;
}

/** Handlers for the element around a list of call links: store the list when a link is opened, by mouse or keyboard. */
export function leavesTrail(list: ListName, ids: readonly string[]) {
  return {
    onClickCapture({ target }: MouseEvent) {
      const link = target instanceof Element ? target.closest("a") : null;
      if (link?.pathname.startsWith("/calls/"))
        store({ list, href: location.pathname + location.search, ids: [...new Set(ids)] });
    },
  };
}
