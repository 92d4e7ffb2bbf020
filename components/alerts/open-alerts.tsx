"use client";

import { BellOff } from "lucide-react";
import { memo, useCallback, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { AlertActions } from "@/components/alerts/alert-actions";
import { AlertLog, AlertStanding, FiredRuleLine, LiveLength } from "@/components/alerts/alert-parts";
import { kindIcons } from "@/components/alerts/alert-style";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { alertEdge } from "@/components/alerts/row-alert";
import { useAlertActions } from "@/components/alerts/use-alert-actions";
import { useVirtualList } from "@/components/board/use-virtual-list";
import { CallLink } from "@/components/calls/call-link";
import { leavesTrail } from "@/components/calls/list-trail";
import { useNow } from "@/components/clock/clock";
import { LocalTime } from "@/components/clock/local-time";
import { classNames } from "@/components/ui/class-names";
import { CutText } from "@/components/ui/cut-text";
import { Notice } from "@/components/ui/panel";
import { useHold } from "@/components/ui/use-hold";
import { useKeys } from "@/components/ui/use-keys";
import { type Alert, alertState, isOngoing } from "@/lib/alerts/alert";
import { alertLabel } from "@/lib/alerts/rules";

interface OpenAlertProps {
  alert: Alert;
  /** The same alert; once closed, its state when the list was last held. */
  asHeld: Alert;
  /** Whether it is the list's tab stop. */
  isCurrent: boolean;
  /** Index in the whole list, of which only a part is in the DOM. */
  index: number;
  total: number;
  /** Pixels in place of the alerts left out before this one. */
  gap: number;
  measure: (element: HTMLElement | null) => void;
  onFocus: (id: string) => void;
}

/** An open alert: kind, caller, start, owner and actions. Renders only when it changes. */
const OpenAlert = memo(function OpenAlert({
  alert,
  asHeld,
  isCurrent,
  index,
  total,
  gap,
  measure,
  onFocus,
}: OpenAlertProps) {
  const Icon = kindIcons[alert.kind];
  const isSeen = alertState(alert, useNow()) !== "open";
  return (
    <li
      ref={measure}
      data-index={index}
      data-alert={alert.id}
      aria-setsize={total}
      aria-posinset={index + 1}
      // Also when a button or dialog in it gets the focus: the current alert stays in the DOM.
      onFocus={() => onFocus(alert.id)}
      style={gap > 0 ? { marginTop: gap } : undefined}
      className={classNames(
        "relative grid gap-2 px-3 py-3 hover:bg-hover sm:px-4",
        isOngoing(alert) ? alertEdge(alert) : "opacity-60",
      )}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_fit-content(55%)] items-center gap-x-4 gap-y-2 xl:grid-cols-[8.5rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_5rem_25.5rem]">
        <p className="flex items-center gap-2 font-medium text-hang">
          <Icon
            aria-hidden
            className={classNames("size-4 shrink-0", !isSeen && "motion-safe:animate-alarm")}
          />
          {alertLabel(alert.kind)}
        </p>
        <p className="min-w-0 max-xl:order-3">
          <CallLink callId={alert.callId} call={alert.call} isCurrent={isCurrent} />
        </p>
        <p className="flex min-w-0 flex-col text-xs max-xl:order-4 max-xl:text-right">
          <CutText>{alert.call.assistantName ?? "No assistant"}</CutText>
          <span className="text-muted">
            <span className="whitespace-nowrap">
              since <LocalTime at={alert.since} />
            </span>
            {alert.hangs > 1 && <span className="whitespace-nowrap"> · {alert.hangs} warnings</span>}
          </span>
        </p>
        <p className="min-w-0 text-xs max-xl:order-5">
          <AlertStanding alert={alert} />
        </p>
        <p className="text-right font-semibold text-lg leading-none max-xl:order-2">
          <LiveLength alert={alert} />
        </p>
        {/* An alert that closes while the list is held keeps its height: its buttons stay, invisible. */}
        <div
          inert={!isOngoing(alert)}
          className="flex inert:invisible max-xl:order-6 max-xl:col-span-2 xl:justify-end"
        >
          <AlertActions alert={asHeld} />
        </div>
      </div>
      <FiredRuleLine alert={alert} />
      <AlertLog log={alert.acts.log} />
    </li>
  );
});

/** A list with one tab stop, in which keys move the focus. `ids`: in display order. */
function useRoving(ids: readonly string[]) {
  const list = useRef<HTMLUListElement>(null);
  const [chosenId, setCurrentId] = useState<string | null>(null);
  const currentId = chosenId !== null && ids.includes(chosenId) ? chosenId : (ids[0] ?? null);

  function move(steps: number) {
    const from = chosenId === null || !ids.includes(chosenId) ? (steps > 0 ? -1 : 0) : ids.indexOf(chosenId);
    const id = ids[Math.min(ids.length - 1, Math.max(0, from + steps))];
    if (id === undefined) return;
    // It may enter the DOM only by becoming the current one.
    flushSync(() => setCurrentId(id));
    list.current?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"] a`)?.focus();
  }

  return { list, currentId, setCurrentId, move };
}

const snoozeMinutes = 15;

/** Estimated height in pixels before measuring: an alert whose actions wrap to two lines. */
const alertHeight = 84;

/** Longer lists are virtualized. */
const mostWhole = 60;

/**
 * Open alerts, unacknowledged ones first. Nothing moves while the pointer or the focus moves on the page, including
 * what is below the list. `alerts`: includes closed ones, which keep their place as long.
 */
export function useHeldAlerts(alerts: readonly Alert[]) {
  const open = alerts.filter(isOngoing).toSorted(byNeed);
  const { area, held, release } = useHold(open);
  return { ...holdAlerts(open, alerts, held), held, area, release };
}

/** Open alerts; the page's shortcuts act on the current one. A long list renders only those in view and the current one. */
export function OpenAlerts({ alerts }: { alerts: ReturnType<typeof useHeldAlerts> }) {
  const { shown, held, area } = alerts;
  const scroller = useRef<HTMLElement>(null);
  const inPage = useCallback(
    (element: HTMLElement | null) => {
      scroller.current = element?.closest<HTMLElement>("main") ?? null;
      return area(scroller.current);
    },
    [area],
  );
  const { list, currentId, setCurrentId, move } = useRoving(shown.map(({ id }) => id));
  const { measure, items, paddingTop, paddingBottom } = useVirtualList({
    count: shown.length,
    getKey: (index) => shown[index]?.id ?? "",
    itemHeight: alertHeight,
    within: scroller,
    list,
    keep: shown.findIndex(({ id }) => id === currentId),
    mostWhole,
  });
  const { canAct, me } = useAlertsContext();
  const { acknowledge, assign, snooze } = useAlertActions();
  const onCurrent = (act: (alert: Alert) => void) => () => {
    const current = shown.find(({ id }) => id === currentId);
    if (current && isOngoing(current) && canAct) act(current);
  };
  useKeys([
    [["j", "ArrowDown"], () => move(1)],
    [["k", "ArrowUp"], () => move(-1)],
    [["a"], onCurrent((alert) => !alert.acts.acknowledged && acknowledge(alert))],
    [["m"], onCurrent((alert) => assign(alert, me))],
    [["s"], onCurrent((alert) => snooze(alert, snoozeMinutes))],
    [["e"], onCurrent(({ id }) => clickResolve(list.current, id))],
  ]);
  if (shown.length === 0) {
    return (
      <Notice icon={<BellOff aria-hidden />} title="No open alerts">
        An alert opens here when an assistant hangs, or when a call is silent for too long.
      </Notice>
    );
  }
  return (
    <div
      ref={inPage}
      {...leavesTrail(
        "Alerts",
        shown.map(({ callId }) => callId),
      )}
    >
      <ul
        ref={list}
        aria-label="Open alerts"
        style={{ paddingTop, paddingBottom }}
        className="divide-y divide-line border-line border-y bg-surface"
      >
        {items.map(({ index, gap }) => {
          const alert = shown[index];
          return (
            alert && (
              <OpenAlert
                key={alert.id}
                alert={alert}
                asHeld={isOngoing(alert) ? alert : (held?.find(({ id }) => id === alert.id) ?? alert)}
                isCurrent={alert.id === currentId}
                index={index}
                total={shown.length}
                gap={gap}
                measure={measure}
                onFocus={setCurrentId}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}

/**
 * Returns the alerts in their held order, each in its current state; how many are new, and how many a release would
 * move.
 */
function holdAlerts(open: readonly Alert[], all: readonly Alert[], held: readonly Alert[] | null) {
  if (!held) return { shown: open, added: 0, moved: 0 };
  const known = new Map(all.map((alert) => [alert.id, alert]));
  const shown = held.map((alert) => known.get(alert.id) ?? alert);
  const wasThere = new Set(held.map(({ id }) => id));
  const rest = open.filter(({ id }) => wasThere.has(id));
  return {
    shown,
    added: open.length - rest.length,
    moved: shown.filter(({ id }, at) => rest[at]?.id !== id).length,
  };
}

/** Unacknowledged first, then the longest first. */
function byNeed(a: Alert, b: Alert): number {
  const isSeen = ({ acts }: Alert) => Number(acts.acknowledged !== null || acts.snoozedUntil !== null);
  const order = (alert: Alert) => `${alert.since} ${alert.id}`;
  return isSeen(a) - isSeen(b) || (order(a) < order(b) ? -1 : 1);
}

/** Clicks the button, because the dialog belongs to it. */
function clickResolve(list: HTMLElement | null, id: string): void {
  list?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"] [data-act=resolve]`)?.click();
}
