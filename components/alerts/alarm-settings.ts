"use client";

import { useSyncExternalStore } from "react";
import { z } from "zod";

const schema = z.object({
  /** A sound for each new alert; off until somebody has switched it on, which browsers ask for too. */
  sound: z.boolean(),
  /** 0 to 1. */
  volume: z.number().min(0).max(1),
  /** The browser's own notifications. */
  notify: z.boolean(),
});

export type AlarmSettings = z.infer<typeof schema>;

const key = "earshot.alarm";
const quiet: AlarmSettings = { sound: false, volume: 0.6, notify: false };

let known: { text: string | null; settings: AlarmSettings } = { text: null, settings: quiet };
const watchers = new Set<() => void>();

/** How somebody wants to be told of new alerts, on this device. */
export function readAlarmSettings(): AlarmSettings {
  const text = localStorage.getItem(key);
  if (text !== known.text) known = { text, settings: parse(text) };
  return known.settings;
}

export function saveAlarmSettings(change: Partial<AlarmSettings>): void {
  localStorage.setItem(key, JSON.stringify({ ...readAlarmSettings(), ...change }));
  for (const watcher of watchers) watcher();
}

/** The same, kept current, in other tabs too. */
export function useAlarmSettings(): AlarmSettings {
  return useSyncExternalStore(watch, readAlarmSettings, () => quiet);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("storage", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("storage", watcher);
  };
}

function parse(text: string | null): AlarmSettings {
  try {
    return schema.parse({ ...quiet, ...JSON.parse(text ?? "{}") });
  } catch {
    // Somebody else's, or an older Earshot's: as if nothing had been chosen.
    return quiet;
  }
}
