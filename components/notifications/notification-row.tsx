"use client";

import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { eventLabels, notificationLabels, subjectLabels } from "@/components/notifications/labels";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import { channelLabel } from "@/lib/notifications/channel";
import type { Notification } from "@/lib/notifications/notification";

/** One row of the delivery log: its state and its attempts. */
export function NotificationRow({ notification }: { notification: Notification }) {
  const { id, about, event, channel, callId, state, attempts, failures, reason, dueAt, settledAt } =
    notification;
  const { isPending, problem, run } = useChange();
  const canRetry = state === "failed" || (state === "waiting" && failures.length > 0);
  return (
    <Row
      title={
        <>
          {channel.name}
          <Badge>{channelLabel(channel.kind)}</Badge>
          {(about === "alert" || about === "incident" || about === "issue" || about === "version") &&
            event !== "opened" && <Badge>{eventLabels[event]}</Badge>}
          <Badge>{notificationLabels[state]}</Badge>
        </>
      }
      facts={
        <>
          {callId ? (
            <Link href={`/calls/${callId}`} className="underline">
              Open call
            </Link>
          ) : (
            subjectLabels[about]
          )}{" "}
          · {state === "waiting" ? "due " : ""}
          <LocalTime at={settledAt ?? dueAt} /> · {formatCount(attempts, "attempt")}
          {reason && ` · ${reason}`}
        </>
      }
      actions={
        canRetry && (
          <Button
            size="small"
            disabled={isPending}
            onClick={() => run(() => sendJson("POST", `/api/notifications/${id}/retry`))}
          >
            Try again now
          </Button>
        )
      }
    >
      {failures.length > 0 && (
        <ol aria-label="Failed attempts" className="text-muted text-xs">
          {failures.map(({ at, why }) => (
            <li key={at}>
              <LocalTime at={at} />: {why}
            </li>
          ))}
        </ol>
      )}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
