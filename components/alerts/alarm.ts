"use client";

import { readAlarmSettings } from "@/components/alerts/alarm-settings";
import { playChime } from "@/components/alerts/play-chime";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/words";

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
