"use client";

import { Bell as BellIcon, BellOff, type LucideIcon, VolumeX } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { saveAlarmSettings } from "@/components/alerts/alarm-settings";
import { useAlertsContext, useBellState } from "@/components/alerts/alerts-context";
import type { BellState } from "@/components/alerts/bell";
import { Button, IconButton } from "@/components/ui/button";
import { loadCode, withSuspense } from "@/components/ui/load-later";

/** Loaded on first use, not with every page. */
const loadPopup = () =>
  loadCode(() => import("@/components/alerts/alarm-popup")).then((module) => module.AlarmPopup);
const AlarmPopup = withSuspense(dynamic(loadPopup));

const faces: Readonly<Record<BellState, { Icon: LucideIcon; label: string; text: string }>> = {
  unset: { Icon: BellOff, label: "Alarm: sound is off", text: "" },
  muted: { Icon: BellOff, label: "Alarm: sound is off", text: "" },
  blocked: { Icon: VolumeX, label: "Alarm: sound is blocked", text: "text-waiting" },
  on: { Icon: BellIcon, label: "Alarm: sound is on", text: "text-ink" },
};

/** In every page's header: shows whether this device rings for alerts, and opens the settings. Asks on a first visit. */
export function AlarmButton() {
  const { bell } = useAlertsContext();
  const state = useBellState();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { Icon, label, text } = faces[state];

  function turnOn() {
    saveAlarmSettings({ sound: true });
    bell.test();
  }

  return (
    <>
      {state === "unset" && (
        <Button size="small" onClick={turnOn} className="max-sm:hidden">
          <BellIcon aria-hidden />
          Turn on sound
        </Button>
      )}
      <IconButton
        ref={button}
        label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={loadPopup}
        onClick={() => setOpen(true)}
        className={text}
      >
        <Icon aria-hidden />
      </IconButton>
      {isOpen && <AlarmPopup anchor={button} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Shown while the browser blocks a sound that is switched on; one click unblocks it. */
export function SoundBlockedBar() {
  if (useBellState() !== "blocked") return null;
  return (
    <p role="alert" className="relative z-50 border-waiting border-b bg-waiting-soft">
      {/* Any click on the page unblocks sound; this is a visible place for it. */}
      <button type="button" className="w-full px-4 py-2 text-left font-medium text-waiting">
        Sound is blocked. Click to turn it on.
      </button>
    </p>
  );
}
