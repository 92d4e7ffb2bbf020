"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { playChime, saveAlarmSettings, useAlarmSettings } from "@/components/alerts/alarm";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { OpenAlerts } from "@/components/alerts/open-alerts";
import { PastAlerts } from "@/components/alerts/past-alerts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Skeleton } from "@/components/ui/panel";
import { isOngoing } from "@/lib/alerts/alert";
import { openAlertsQuery } from "@/lib/alerts/queries";

/** How somebody wants to be told of new alerts, on this device. */
export function AlarmPanel() {
  const { sound, volume, notify } = useAlarmSettings();
  const [why, setWhy] = useState<string | null>(null);
  const id = useId();

  async function chooseNotify(isWanted: boolean) {
    const permission = isWanted ? await askPermission() : "granted";
    saveAlarmSettings({ notify: isWanted && permission === "granted" });
    setWhy(
      permission === "granted"
        ? null
        : "This browser does not allow it. Change that in its settings for this page.",
    );
  }

  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2 px-3 sm:px-4">
      <h2 id={`${id}-title`} className="font-semibold text-base">
        Tell me of new alerts
      </h2>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <label className="inline-flex items-center gap-2">
          <input
            type="checkbox"
            checked={sound}
            onChange={({ target }) => saveAlarmSettings({ sound: target.checked })}
            className="size-4 accent-accent"
          />
          With a sound
        </label>
        <label className="inline-flex items-center gap-2">
          Volume
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={volume}
            disabled={!sound}
            onChange={({ target }) => saveAlarmSettings({ volume: target.valueAsNumber })}
            className="accent-accent"
          />
        </label>
        <Button size="small" onClick={() => playChime(volume)}>
          Try the sound
        </Button>
        <label className="inline-flex items-center gap-2">
          <input
            type="checkbox"
            checked={notify}
            onChange={({ target }) => chooseNotify(target.checked)}
            className="size-4 accent-accent"
          />
          With a notification of this browser
        </label>
      </div>
      <p className="text-muted text-xs">
        On this device only. The tab's title and icon count alerts nobody has seen in any case.
      </p>
      {why && <p role="alert">{why}</p>}
    </section>
  );
}

async function askPermission(): Promise<NotificationPermission> {
  return typeof Notification === "function" ? Notification.requestPermission() : "denied";
}

const keys = [
  ["j", "next"],
  ["k", "previous"],
  ["a", "acknowledge"],
  ["m", "take it"],
  ["s", "snooze"],
  ["e", "resolve"],
] as const;

/** The keys of the page, where there is a keyboard. */
export function KeysHint() {
  const { canAct } = useAlertsContext();
  const offered = canAct ? keys : keys.slice(0, 2);
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs max-sm:hidden">
      {offered.map(([key, does]) => (
        <span key={key} className="inline-flex items-center gap-1">
          <Kbd>{key}</Kbd> {does}
        </span>
      ))}
    </p>
  );
}

/** Everything there is about alerts: what is going on, how one wants to be told, what there has been. */
export function AlertCenter() {
  const { data, error, refetch } = useQuery(openAlertsQuery);
  return (
    <div className="mx-auto grid w-full max-w-5xl grid-cols-[minmax(0,1fr)] gap-8 py-4 sm:py-6">
      <section aria-labelledby="open-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2 px-3 sm:px-4">
          <h1 id="open-alerts" className="font-semibold text-xl">
            Alerts
          </h1>
          <KeysHint />
        </div>
        {error && (
          <p role="alert" className="px-3 sm:px-4">
            {data ? "What is shown may be old: " : ""}
            {error.message} <Button onClick={() => refetch()}>Try again</Button>
          </p>
        )}
        {data ? <OpenAlerts alerts={data.filter(isOngoing)} /> : !error && <Skeleton className="mx-4 h-24" />}
      </section>
      <AlarmPanel />
      <section aria-labelledby="past-alerts" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="past-alerts" className="px-3 font-semibold text-base sm:px-4">
          History
        </h2>
        <PastAlerts recent={data?.filter((alert) => !isOngoing(alert)) ?? []} />
      </section>
    </div>
  );
}
