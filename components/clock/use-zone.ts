"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The viewer's zone as Intl takes it: "UTC" on the server, which cannot know, and undefined (its own) in the browser. */
export function useZone(): "UTC" | undefined {
  return useSyncExternalStore(
    never,
    () => undefined,
    () => "UTC",
  );
}
