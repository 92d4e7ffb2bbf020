"use client";

import { useSyncExternalStore } from "react";
import * as z from "zod";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";

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

/** Two rising notes and their fifth, twice: no other program of an office sounds like it. Hertz, and seconds from the start. */
const notes = [
  [659, 0],
  [880, 0.14],
  [988, 0.28],
  [659, 0.7],
  [880, 0.84],
  [988, 0.98],
] as const;
const noteSeconds = 0.22;

let context: AudioContext | null = null;

/**
 * Plays the alarm. Browsers are silent until somebody has clicked something on the page; then nothing is heard.
 * @param volume 0 to 1
 */
export async function playChime(volume: number): Promise<void> {
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume();
  const start = context.currentTime + 0.02;
  for (const [hertz, at] of notes) playNote(context, hertz, start + at, volume);
}

function playNote(audio: AudioContext, hertz: number, at: number, volume: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = "triangle";
  tone.frequency.value = hertz;
  // Swells and dies away, for a tone that is cut clicks.
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume * 0.5), at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + noteSeconds);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + noteSeconds + 0.02);
}

/** An alert that opened longer ago than this is no news, only newly known: after a reconnection, say. */
const newsMs = 2 * 60_000;

/** Tells somebody of new alerts, each once: by a sentence for screen readers, a sound, a notification of the browser. */
export class Alarm {
  readonly #known = new Set<string>();
  readonly #watchers = new Set<() => void>();
  #sentence = "";

  /** What was open when the page came is known: nothing rings for it. */
  know = (alerts: readonly Alert[]): void => {
    for (const { id } of alerts) this.#known.add(id);
  };

  /** Rings for those not known yet. */
  notice = (alerts: readonly Alert[]): void => {
    const fresh = alerts.filter(({ id }) => !this.#known.has(id));
    this.know(fresh);
    const news = fresh.filter(({ openedAt }) => Date.now() - Date.parse(openedAt) < newsMs);
    if (news.length > 0) this.#ring(news);
  };

  getSentence = (): string => this.#sentence;

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  #ring(news: readonly Alert[]): void {
    this.#sentence = `${news.map(describeAlert).join(". ")}.`;
    for (const watcher of this.#watchers) watcher();
    const { sound, volume, notify } = readAlarmSettings();
    if (sound) void inOneTab(news, () => playChime(volume));
    if (notify && typeof Notification === "function" && Notification.permission === "granted")
      news.forEach(showNotification);
  }
}

/** Of several tabs one sounds: whoever gets the lock holds it until the chime is over. */
async function inOneTab([first]: readonly Alert[], act: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return act();
  await navigator.locks.request(`earshot.alarm.${first?.id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await act();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  });
}

/** One per alert, however many tabs show it: the tag says that it is the same. */
function showNotification(alert: Alert): void {
  const notification = new Notification(describeAlert(alert), {
    body: alert.call.assistantName ?? "",
    tag: alert.id,
  });
  notification.onclick = () => {
    window.focus();
    window.location.assign(`/calls/${encodeURIComponent(alert.callId)}`);
  };
}
