"use client";

import { useSyncExternalStore } from "react";
import { ownZone } from "@/lib/zones";

const never = () => () => {};

/** The viewer's zone for Intl: "UTC" on the server, which cannot know it, and undefined (the default zone) in the browser. */
export function useZone(): "UTC" | undefined {
  return useSyncExternalStore(
    never,
    () => undefined,
    () => "UTC",
  );
}

/** The viewer's zone, like "Europe/Berlin"; null until hydration, because the server does not know it. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(never, ownZone, () => null);
}
