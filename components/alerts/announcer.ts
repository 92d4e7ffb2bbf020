"use client";

import { readAlarmSettings } from "@/components/alerts/alarm-settings";
import type { Alert } from "@/lib/alerts/alert";
import { describeAlert } from "@/lib/alerts/rules";
import { serverTime } from "@/lib/http/server-time";

/** An alert that opened longer ago is not announced: it became known late, for example after a reconnection. */
const newsMs = 2 * 60_000;

/** Announces each new alert once, by a sentence for screen readers and a browser notification. Bell plays the sound. */
export class Announcer {
  readonly #known = new Set<string>();
  readonly #watchers = new Set<() => void>();
  #sentence = "";

  /** Marks alerts as known, for those already open at page load. */
  know = (alerts: readonly Alert[]): void => {
    for (const { id } of alerts) this.#known.add(id);
  };

  /** Announces those not known yet. */
  announce = (alerts: readonly Alert[]): void => {
    const fresh = alerts.filter(({ id }) => !this.#known.has(id));
    this.know(fresh);
    const news = fresh.filter(({ openedAt }) => serverTime.now() - Date.parse(openedAt) < newsMs);
    if (news.length === 0) return;
    this.#sentence = `${news.map(describeAlert).join(". ")}.`;
    for (const watcher of this.#watchers) watcher();
    const isAllowed = typeof Notification === "function" && Notification.permission === "granted";
    if (readAlarmSettings().notify && isAllowed) news.forEach(showNotification);
  };

  getSentence = (): string => this.#sentence;

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };
}

/** One notification per alert, however many tabs show it: they share the alert's tag. */
function showNotification(alert: Alert): void {
  const title = describeAlert(alert);
  const url = `/calls/${encodeURIComponent(alert.callId)}`;
  const options = { body: alert.call.assistantName ?? "", tag: alert.id, data: { url } };
  try {
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      window.location.assign(url);
    };
  } catch {
    // Chrome on Android lets only service workers show notifications. If that fails too, bell and title still announce it.
    import("@/components/alerts/push")
      .then(({ showByWorker }) => showByWorker(title, options))
      .catch(() => undefined);
  }
}
