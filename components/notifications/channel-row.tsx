"use client";

import { useState } from "react";
import * as z from "zod";
import { FormMessage } from "@/components/form/field";
import { describeDelay } from "@/components/notifications/labels";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import { type ChannelKind, channelLabel, type QuietHours } from "@/lib/notifications/channel";
import { notificationSchema } from "@/lib/notifications/notification";

export interface ChannelRowProps {
  id: string;
  kind: ChannelKind;
  name: string;
  /** Its destination, without any secret. */
  target: string;
  afterMinutes: number;
  quietHours: QuietHours | null;
  tellsUpdates: boolean;
  isEnabled: boolean;
  /** False if its secret was encrypted with another BETTER_AUTH_SECRET. */
  isReadable: boolean;
}

type Message = { kind: "done" | "error"; text: string };

const testedSchema = z.object({ notification: notificationSchema.nullable() });

export function ChannelRow(channel: ChannelRowProps) {
  const { id, kind, name, target, afterMinutes, quietHours, tellsUpdates, isEnabled, isReadable } = channel;
  const { isPending, problem, run } = useChange();
  const [tested, setTested] = useState<Message | null>(null);
  const path = `/api/notification-channels/${id}`;

  const test = () =>
    run(
      () => sendJson("POST", `${path}/test`),
      (value) => {
        const { notification } = testedSchema.parse(value);
        const failure = notification?.failures.at(-1)?.why;
        setTested(
          notification?.state === "sent"
            ? { kind: "done", text: "Test delivered." }
            : { kind: "error", text: failure ?? "The test was not delivered." },
        );
      },
    );

  return (
    <Row
      title={
        <>
          {name}
          <Badge>{isEnabled ? channelLabel(kind) : `${channelLabel(kind)}, off`}</Badge>
        </>
      }
      facts={
        <>
          {target} · {describeDelay(afterMinutes)}
          {tellsUpdates && " · with updates"}
          {quietHours && ` · quiet ${quietHours.from}–${quietHours.to} (${quietHours.zone})`}
        </>
      }
      actions={
        <>
          <Button size="small" disabled={isPending} onClick={test}>
            Test
          </Button>
          <Button
            size="small"
            disabled={isPending}
            onClick={() => run(() => sendJson("PATCH", path, { isEnabled: !isEnabled }))}
          >
            {isEnabled ? "Switch off" : "Switch on"}
          </Button>
          <ConfirmButton
            verb="Delete"
            title={`Delete “${name}”?`}
            disabled={isPending}
            onConfirm={() => run(() => sendJson("DELETE", path))}
          >
            Pending notifications are dropped. This cannot be undone.
          </ConfirmButton>
        </>
      }
    >
      {!isReadable && (
        <FormMessage kind="error">
          Its secret cannot be read: BETTER_AUTH_SECRET has changed. Nothing is sent here. Delete the channel
          and add it again.
        </FormMessage>
      )}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {tested && !problem && <FormMessage kind={tested.kind}>{tested.text}</FormMessage>}
    </Row>
  );
}
