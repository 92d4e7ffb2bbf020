"use client";

import Link from "next/link";
import { AlertLog } from "@/components/alerts/alert-log";
import { kindLook } from "@/components/alerts/alert-look";
import { AlertStanding } from "@/components/alerts/alert-standing";
import { useAlertsContext } from "@/components/alerts/alerts-context";
import { LiveLength } from "@/components/alerts/live-length";
import { NoteButton } from "@/components/alerts/note-button";
import { LiveAgo } from "@/components/clock/live-ago";
import type { Alert } from "@/lib/alerts/alert";
import { callTitle } from "@/lib/calls/call";
import { formatDuration } from "@/lib/format";

/** An alert that is over: how long it lasted, how it ended, how soon somebody had seen it. */
export function PastAlert({ alert }: { alert: Alert }) {
  const { canAct } = useAlertsContext();
  const { Icon, word } = kindLook[alert.kind];
  const { acknowledged, log } = alert.acts;
  return (
    <li className="relative grid gap-1.5 px-3 py-2.5 hover:bg-hover sm:px-4">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 md:grid-cols-[minmax(0,1.4fr)_minmax(0,1.4fr)_7rem_6rem_auto]">
        <p className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="sr-only">{word}: </span>
          <Link
            href={`/calls/${alert.callId}`}
            prefetch={false}
            className="truncate font-medium after:absolute after:inset-0"
          >
            <bdi>{callTitle(alert.call)}</bdi>
          </Link>
        </p>
        <p className="truncate text-xs max-md:order-3">
          <AlertStanding alert={alert} />
        </p>
        <p className="text-muted text-xs max-md:order-4 max-md:text-right">
          {acknowledged ? `seen after ${lengthUntil(alert, acknowledged.at)}` : "never seen"}
        </p>
        <p className="text-right">
          <span className="sr-only">Lasted </span>
          <LiveLength alert={alert} />
        </p>
        <div className="relative z-10 flex items-center justify-end gap-2 text-muted text-xs max-md:order-5 max-md:col-span-2">
          <LiveAgo at={alert.openedAt} />
          {canAct && <NoteButton alert={alert} />}
        </div>
      </div>
      <AlertLog log={log} />
    </li>
  );
}

function lengthUntil({ openedAt }: Alert, at: string): string {
  return formatDuration(Date.parse(at) - Date.parse(openedAt));
}
