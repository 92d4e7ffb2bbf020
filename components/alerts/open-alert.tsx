"use client";

import Link from "next/link";
import { AlertActions } from "@/components/alerts/alert-actions";
import { AlertLog } from "@/components/alerts/alert-log";
import { kindLook } from "@/components/alerts/alert-look";
import { AlertStanding } from "@/components/alerts/alert-standing";
import { LiveLength } from "@/components/alerts/live-length";
import { LocalTime } from "@/components/clock/local-time";
import { useNow } from "@/components/clock/use-now";
import { classNames } from "@/components/ui/class-names";
import type { Alert } from "@/lib/alerts/alert";
import { alertState } from "@/lib/alerts/alert";
import { callTitle } from "@/lib/calls/call";

interface OpenAlertProps {
  alert: Alert;
  /** The one that Tab leads to. */
  isCurrent: boolean;
  onFocus: () => void;
}

/** An alert that is going on: which caller, what, since when, who has it, and what to do. */
export function OpenAlert({ alert, isCurrent, onFocus }: OpenAlertProps) {
  const { Icon, word } = kindLook[alert.kind];
  const isSeen = alertState(alert, useNow()) !== "open";
  return (
    <li
      data-alert={alert.id}
      className={classNames(
        "relative grid gap-2 px-3 py-3 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-accent has-[a:focus-visible]:-outline-offset-2 sm:px-4",
        isSeen ? "hover:bg-hover" : "bg-hang-soft",
      )}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
        <p className="flex min-w-0 items-center gap-2 font-medium">
          <Icon
            aria-hidden
            className={classNames("size-4 shrink-0 text-hang", !isSeen && "motion-safe:animate-alarm")}
          />
          <span className="text-hang">{word}</span>
          <Link
            href={`/calls/${alert.callId}`}
            prefetch={false}
            tabIndex={isCurrent ? 0 : -1}
            onFocus={onFocus}
            className="truncate outline-none after:absolute after:inset-0"
          >
            <bdi>{callTitle(alert.call)}</bdi>
          </Link>
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
