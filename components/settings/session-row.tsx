"use client";

import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

export type SessionRowProps = {
  id: string;
  /** "Firefox on Linux". */
  device: string;
  ipAddress: string | null;
  /** ISO times. */
  createdAt: string;
  updatedAt: string;
  /** Whether it is the session viewing this page. */
  isCurrent: boolean;
};

/** One of the user's own sessions. */
export function SessionRow({ id, device, ipAddress, createdAt, updatedAt, isCurrent }: SessionRowProps) {
  const { isPending, problem, run } = useChange();
  return (
    <Row
      title={
        <>
          {device}
          {isCurrent && <Badge>this device</Badge>}
        </>
      }
      facts={
        <>
          {ipAddress && `${ipAddress} · `}since <LocalTime at={createdAt} />, last used{" "}
          <LocalTime at={updatedAt} />
        </>
      }
      actions={
        !isCurrent && (
          <Button
            size="small"
            disabled={isPending}
            onClick={() => run(() => sendJson("DELETE", `/api/sessions/${encodeURIComponent(id)}`))}
          >
            End
          </Button>
        )
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
