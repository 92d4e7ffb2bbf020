"use client";

import { useSyncExternalStore } from "react";
import * as z from "zod";

const schema = z.object({
  /** Null until the user has chosen; until then the header asks. */
  sound: z.boolean().nullable(),
  /** 0 to 1. */
  volume: z.number().min(0).max(1),
  /** Rings again every 30 s until every alert is acknowledged. */
  repeat: z.boolean(),
  /** The browser's own notifications. */
  notify: z.boolean(),
  /** Push notifications, also while no page of ours is open. */
  push: z.boolean(),
  /** The server's ID for this device's subscription. */
  pushId: z.string().nullable(),
});

export type AlarmSettings = z.infer<typeof schema>;

const key = "earshot.alarm";
const defaults: AlarmSettings = {
  sound: null,
  volume: 0.6,
  repeat: true,
  notify: false,
  push: false,
  pushId: null,
};

let known: { text: string | null; settings: AlarmSettings } = { text: null, settings: defaults };
const watchers = new Set<() => void>();

/** How this device announces alerts. */
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
  return useSyncExternalStore(watchAlarmSettings, readAlarmSettings, () => defaults);
}

/** Calls `watcher` after each change; returns a function that stops it. */
export function watchAlarmSettings(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener("storage", watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("storage", watcher);
  };
}

function parse(text: string | null): AlarmSettings {
  try {
    return schema.parse({ ...defaults, ...JSON.parse(text ?? "{}") });
  } catch {
    // Unreadable, or written by an older version: uses the defaults.
    return defaults;
  }
}
