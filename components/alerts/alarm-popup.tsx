"use client";

import { Popover } from "@base-ui/react/popover";
import { type ReactNode, type RefObject, useState } from "react";
import { saveAlarmSettings, useAlarmSettings } from "@/components/alerts/alarm-settings";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { turnOffPush, turnOnPush } from "@/components/alerts/push";
import { Button } from "@/components/ui/button";

interface AlarmPopupProps {
  /** The button that opens it. */
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** How this device announces alerts. */
export function AlarmPopup({ anchor, onClose }: AlarmPopupProps) {
  const { bell } = useAlertsContext();
  const { sound, volume, repeat, notify, push } = useAlarmSettings();
  const [why, setWhy] = useState<string | null>(null);

  async function chooseNotify(isWanted: boolean) {
    const permission = isWanted ? await askPermission() : "granted";
    saveAlarmSettings({ notify: isWanted && permission === "granted" });
    setWhy(
      permission === "granted" ? null : "This browser blocks notifications. Allow them in its site settings.",
    );
  }

  async function choosePush(isWanted: boolean) {
    setWhy(null);
    if (isWanted) setWhy(await turnOnPush());
    else await turnOffPush();
  }

  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="end" sideOffset={6} className="z-50">
          <Popover.Popup
            finalFocus={anchor}
            className="grid w-72 gap-3 rounded-lg border border-line bg-surface p-4 shadow-xl outline-none"
          >
            <div>
              <Popover.Title className="font-semibold text-base">Alarm</Popover.Title>
              <Popover.Description className="text-muted text-xs">
                Applies to this device. Unacknowledged alerts always show in the tab's title and icon.
              </Popover.Description>
            </div>
            <Check checked={sound === true} onChange={(next) => saveAlarmSettings({ sound: next })}>
              Sound
            </Check>
            <label className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-3">
              Volume
              <input
                type="range"
                min={0}
                max={1}
                step={0.05}
                value={volume}
                disabled={!sound}
                onChange={({ target }) => saveAlarmSettings({ volume: target.valueAsNumber })}
                className="min-w-0 accent-accent"
              />
            </label>
            <Check checked={repeat} onChange={(next) => saveAlarmSettings({ repeat: next })}>
              Repeat every 30 s until acknowledged
            </Check>
            <Check checked={notify} onChange={chooseNotify}>
              Notification while Earshot is open
            </Check>
            <Check checked={push} onChange={choosePush}>
              Push notification, even when Earshot is closed
            </Check>
            {why && <p role="alert">{why}</p>}
            <Button size="small" onClick={bell.test} className="justify-self-start">
              Test sound
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (isWanted: boolean) => void;
  children: ReactNode;
}

function Check({ checked, onChange, children }: CheckProps) {
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 accent-accent"
      />
      {children}
    </label>
  );
}

async function askPermission(): Promise<NotificationPermission> {
  return typeof Notification === "function" ? Notification.requestPermission() : "denied";
}
