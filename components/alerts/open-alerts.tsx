"use client";

import { BellOff } from "lucide-react";
import { useRef, useState } from "react";
import { AlertActions } from "@/components/alerts/alert-actions";
import { kindIcons } from "@/components/alerts/alert-look";
import { AlertLog, AlertStanding } from "@/components/alerts/alert-parts";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { useAlertActs } from "@/components/alerts/use-alert-acts";
import { CallLink } from "@/components/calls/call-link";
import { LocalTime } from "@/components/clock/local-time";
import { useNow } from "@/components/clock/use-now";
import { classNames } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/panel";
import { useKeys } from "@/components/ui/use-keys";
import { type Alert, alertState } from "@/lib/alerts/alert";
import { alertLabel } from "@/lib/alerts/rules";
import { formatDuration } from "@/lib/format";

/** How long a caller has been left alone. Ticks while it lasts. */
export function LiveLength({ alert: { since, closedAt } }: { alert: Alert }) {
  const now = useNow();
  return formatDuration((closedAt === null ? now : Date.parse(closedAt)) - Date.parse(since));
}

interface OpenAlertProps {
  alert: Alert;
  /** The one that Tab leads to. */
  isCurrent: boolean;
  onFocus: () => void;
}

/** An alert that is going on: which caller, what, since when, who has it, and what to do. */
export function OpenAlert({ alert, isCurrent, onFocus }: OpenAlertProps) {
  const Icon = kindIcons[alert.kind];
  const isSeen = alertState(alert, useNow()) !== "open";
  return (
    <li
      data-alert={alert.id}
      className={classNames(
        "relative grid gap-2 px-3 py-3 sm:px-4",
        isSeen ? "hover:bg-hover" : "bg-hang-soft",
      )}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <Icon
            aria-hidden
            className={classNames("size-4 shrink-0 text-hang", !isSeen && "motion-safe:animate-alarm")}
          />
          <span className="text-hang">{alertLabel(alert.kind)}</span>
          <CallLink callId={alert.callId} call={alert.call} isCurrent={isCurrent} onFocus={onFocus} />
        </p>
        <p className="font-semibold text-lg leading-none">
          <LiveLength alert={alert} />
        </p>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex flex-wrap gap-x-2 text-muted text-xs">
          <span>
            <bdi>{alert.call.assistantName ?? "No assistant"}</bdi>
          </span>
          <span>
            · since <LocalTime at={alert.since} />
          </span>
          {alert.hangs > 1 && <span>· warned of {alert.hangs} times</span>}
          <AlertStanding alert={alert} />
        </p>
        <AlertActions alert={alert} />
      </div>
      <AlertLog log={alert.acts.log} />
    </li>
  );
}

/** A list that Tab enters at one place, and in which keys move the focus on. `ids`: in the order they are shown in. */
export function useRoving(ids: readonly string[]) {
  const list = useRef<HTMLUListElement>(null);
  const [chosenId, setCurrentId] = useState<string | null>(null);
  const currentId = chosenId !== null && ids.includes(chosenId) ? chosenId : (ids[0] ?? null);

  function move(steps: number) {
    const from = chosenId === null || !ids.includes(chosenId) ? (steps > 0 ? -1 : 0) : ids.indexOf(chosenId);
    const id = ids[Math.min(ids.length - 1, Math.max(0, from + steps))];
    if (id === undefined) return;
    setCurrentId(id);
    list.current?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"] a`)?.focus();
  }

  return { list, currentId, setCurrentId, move };
}

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
