"use client";

import { alertStateStyle } from "@/components/alerts/alert-style";
import { useNow } from "@/components/clock/clock";
import { LocalTime } from "@/components/clock/local-time";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import {
  type ActionKind,
  type Alert,
  type AlertAction,
  type AlertState,
  alertState,
} from "@/lib/alerts/alert";
import { momentHref } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

const actionLabels: Readonly<Record<Exclude<ActionKind, "assign">, string>> = {
  acknowledge: "acknowledged",
  snooze: "snoozed",
  note: "added a note",
  resolve: "resolved",
};

/** People's actions on an alert, in order. */
export function AlertLog({ log }: { log: readonly AlertAction[] }) {
  if (log.length === 0) return null;
  return (
    <ol aria-label="Activity" className="grid gap-1 text-muted text-xs">
      {log.map((act) => (
        <li key={`${act.at} ${act.kind}`} className="wrap-anywhere">
          <LocalTime at={act.at} /> · <bdi>{act.by.name}</bdi> {describeAction(act)}
          {act.text && (
            <p dir="auto" className="whitespace-pre-line text-ink text-sm">
              {act.text}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function describeAction({ kind, assignee }: AlertAction): string {
  if (kind !== "assign") return actionLabels[kind];
  return assignee ? `assigned ${assignee.name}` : "removed the assignee";
}

/** The rule that fired and the facts it matched, linked to the moment. Renders nothing for other kinds. */
export function FiredRuleLine({ alert: { callId, rule } }: { alert: Alert }) {
  if (!rule) return null;
  return (
    <p className="wrap-anywhere relative z-10 text-xs">
      <span dir="auto" className="font-medium">
        {rule.name}
      </span>
      {rule.evidence.text && (
        <span dir="auto" className="text-muted">
          : {rule.evidence.text}
        </span>
      )}{" "}
      <Link href={momentHref(callId, rule.evidence.at)} className="text-accent hover:underline">
        Open moment
      </Link>
    </p>
  );
}

/** An alert's state, and who has it. */
export function AlertStanding({ alert }: { alert: Alert }) {
  const state = alertState(alert, useNow());
  return <Standing state={state} style={alertStateStyle(alert, state)} acts={alert.acts} />;
}

/** The state of an alert or incident, who set it, and who it is assigned to. */
export function Standing({
  state,
  style: { Icon, label, text },
  acts: { acknowledged, assignee, snoozedUntil, resolved },
}: {
  state: AlertState;
  style: ReturnType<typeof alertStateStyle>;
  acts: Alert["acts"];
}) {
  return (
    <span data-state={state} className="inline-flex min-w-0 max-w-full items-center gap-1.5">
      <Icon aria-hidden className={classNames("size-3.5 shrink-0", text)} />
      <span className="min-w-0 truncate text-muted">
        <span className={text}>{label}</span>
        {state === "acknowledged" && ` by ${acknowledged?.by.name}`}
        {state === "resolved" && ` by ${resolved?.by.name}`}
        {state === "snoozed" && snoozedUntil && (
          <>
            {" "}
            until <LocalTime at={snoozedUntil} />
          </>
        )}
        {assignee && ` · assigned to ${assignee.name}`}
      </span>
    </span>
  );
}

/** How long an alert has lasted so far. Ticks until it closes. */
export function LiveLength({ alert: { since, closedAt } }: { alert: Alert }) {
  const now = useNow();
  return formatDuration((closedAt === null ? now : Date.parse(closedAt)) - Date.parse(since));
}
