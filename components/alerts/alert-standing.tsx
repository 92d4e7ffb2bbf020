"use client";

import { alertStateLook } from "@/components/alerts/alert-look";
import { LocalTime } from "@/components/clock/local-time";
import { useNow } from "@/components/clock/use-now";
import { classNames } from "@/components/ui/class-names";
import type { Alert } from "@/lib/alerts/alert";
import { alertState } from "@/lib/alerts/alert";

/** Where an alert stands, and who has it. */
export function AlertStanding({ alert }: { alert: Alert }) {
  const state = alertState(alert, useNow());
  const { Icon, word, text } = alertStateLook[state];
  const { acknowledged, assignee, snoozedUntil, resolved } = alert.acts;
  return (
    <span data-state={state} className="inline-flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden className={classNames("size-3.5 shrink-0", text)} />
      <span className="min-w-0 truncate text-muted">
        <span className={text}>{word}</span>
        {state === "acknowledged" && ` by ${acknowledged?.by.name}`}
        {state === "resolved" && ` by ${resolved?.by.name}`}
        {state === "snoozed" && snoozedUntil && (
          <>
            {" "}
            until <LocalTime at={snoozedUntil} />
          </>
        )}
        {assignee && ` · ${assignee.name} has it`}
      </span>
    </span>
  );
}
