"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The zone of whoever looks, like "Europe/Berlin". The server does not know it: null until the browser has taken over. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}
