"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useClockAlerts } from "@/components/alerts/use-open-alerts";
import { useNow } from "@/components/clock/clock";
import { type Alert, alertState } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";
import type { Call } from "@/lib/calls/call";
import { applyPushToAlerts } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/**
 * Announces alerts that arrive while a page is open, and rings for all unacknowledged ones, including those open at
 * page load.
 * `alerts`: null until they are known; `source`: who reports them.
 */
export function useAlarm(source: string, alerts: readonly Alert[] | null): void {
  const { announcer, bell } = useAlertsContext();
  const hasCome = useRef(false);
  const now = useNow();
  useEffect(() => {
    if (!alerts) return;
    if (hasCome.current) announcer.announce(alerts);
    else announcer.know(alerts);
    hasCome.current = true;
  }, [announcer, alerts]);
  const waiting = alerts?.filter((alert) => alertState(alert, now) === "open").map(({ id }) => id) ?? [];
  const ids = waiting.join(" ");
  useEffect(() => bell.setWaiting(source, ids === "" ? [] : ids.split(" ")), [bell, source, ids]);
  useEffect(() => () => bell.setWaiting(source, []), [bell, source]);
}

const mark = /^\(\d+\) /;

/** Shows a number in the tab's title and icon; 0 shows none. A title that a page sets later keeps the number. */
export function useTabBadge(count: number): void {
  useEffect(() => {
    const update = () => {
      const title = document.title.replace(mark, "");
      const wanted = count > 0 ? `(${count}) ${title}` : title;
      if (document.title !== wanted) document.title = wanted;
    };
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);

  useEffect(() => {
    if (count === 0) return;
    const link = document.createElement("link");
    link.rel = "icon";
    link.href = drawBadge(count);
    document.head.append(link);
    return () => link.remove();
  }, [count]);
}

/** A red circle with the number in white; replaces the whole icon, because a tab's icon has only 16 pixels. */
function drawBadge(count: number): string {
  const text = count > 9 ? "9+" : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#c62828"/><text x="16" y="23" font-family="sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** On every page: keeps the open alerts current and announces new ones. Renders nothing visible. */
export function AlertWatch() {
  useChannel(boardChannel, openAlertsQuery.queryKey, applyPushToAlerts);
  const { data } = useQuery({
    ...openAlertsQuery,
    refetchInterval: usePollInterval(),
    refetchIntervalInBackground: true,
  });
  const now = useNow();
  const waiting = data?.filter((alert) => alertState(alert, now) === "open");
  useAlarm("server", data ?? null);
  useTabBadge(waiting?.length ?? 0);
  return <Announcement />;
}

/** Announced by screen readers at once. Partials and ticking clocks are left out. */
function Announcement() {
  const { announcer } = useAlertsContext();
  const sentence = useSyncExternalStore(announcer.watch, announcer.getSentence, () => "");
  return (
    <p role="alert" className="sr-only">
      {sentence}
    </p>
  );
}

/**
 * Rings for silence as soon as this browser's clock counts it as an alert, without waiting for the server, whose alert
 * has the same ID and does not ring again. Renders nothing; ticks.
 */
export function ClockAlarm({ calls }: { calls: readonly Call[] }) {
  useAlarm("clock", useClockAlerts(calls));
  return null;
}
