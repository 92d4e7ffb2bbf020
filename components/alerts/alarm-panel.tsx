"use client";

import { useId, useState } from "react";
import { saveAlarmSettings, useAlarmSettings } from "@/components/alerts/alarm-settings";
import { playChime } from "@/components/alerts/play-chime";
import { Button } from "@/components/ui/button";

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
