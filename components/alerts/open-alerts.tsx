"use client";

import { BellOff } from "lucide-react";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { OpenAlert } from "@/components/alerts/open-alert";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { useRoving } from "@/components/alerts/use-roving";
import { Notice } from "@/components/ui/notice";
import { useKeys } from "@/components/ui/use-keys";
import type { Alert } from "@/lib/alerts/alert";

const snoozeMinutes = 15;

/** Alerts that are going on, those nobody has seen first; the keys of the page work on the current one. */
export function OpenAlerts({ alerts }: { alerts: readonly Alert[] }) {
  const sorted = alerts.toSorted(byNeed);
  const { list, currentId, setCurrentId, move } = useRoving(sorted.map(({ id }) => id));
  const { canAct, me } = useAlertsContext();
  const { acknowledge, assign, snooze } = useAlertActs();
  const onCurrent = (act: (alert: Alert) => void) => () => {
    const current = sorted.find(({ id }) => id === currentId);
    if (current && canAct) act(current);
  };
  useKeys([
    [["j", "ArrowDown"], () => move(1)],
    [["k", "ArrowUp"], () => move(-1)],
    [["a"], onCurrent((alert) => !alert.acts.acknowledged && acknowledge(alert))],
    [["m"], onCurrent((alert) => assign(alert, me))],
    [["s"], onCurrent((alert) => snooze(alert, snoozeMinutes))],
    [["e"], onCurrent(({ id }) => clickResolve(list.current, id))],
  ]);
  if (sorted.length === 0) {
    return (
      <Notice icon={<BellOff aria-hidden />} title="No caller is being left alone.">
        An alert opens here by itself: when Vapi says that an assistant hangs, and when silence lasts too
        long.
      </Notice>
    );
  }
  return (
    <ul ref={list} aria-label="Open alerts" className="divide-y divide-line border-line border-y bg-surface">
      {sorted.map((alert) => (
        <OpenAlert
          key={alert.id}
          alert={alert}
          isCurrent={alert.id === currentId}
          onFocus={() => setCurrentId(alert.id)}
        />
      ))}
    </ul>
  );
}

/** Unseen before seen, then the longest first. */
function byNeed(a: Alert, b: Alert): number {
  const isSeen = ({ acts }: Alert) => Number(acts.acknowledged !== null || acts.snoozedUntil !== null);
  return isSeen(a) - isSeen(b) || (a.since < b.since ? -1 : 1);
}

/** The dialog belongs to the button. */
function clickResolve(list: HTMLElement | null, id: string): void {
  list?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"] [data-act=resolve]`)?.click();
}
