"use client";

import { useSyncExternalStore } from "react";
import { ownZone } from "@/lib/zones";

const never = () => () => {};

/** The viewer's zone as Intl takes it: "UTC" on the server, which cannot know, and undefined (its own) in the browser. */
export function useZone(): "UTC" | undefined {
  return useSyncExternalStore(
    never,
    () => undefined,
    () => "UTC",
  );
}

/** The zone of whoever looks, like "Europe/Berlin". The server does not know it: null until the browser has taken over. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(never, ownZone, () => null);
}
