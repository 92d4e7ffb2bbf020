"use client";

import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import type { Role } from "@/lib/auth/roles";
import { sendJson } from "@/lib/http/client";

export type InvitationRowProps = {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  /** ISO time. */
  expiresAt: string;
  isExpired: boolean;
};

/** An invitation that has not been accepted yet. */
export function InvitationRow({ id, email, role, invitedBy, expiresAt, isExpired }: InvitationRowProps) {
  const { isPending, problem, run } = useChange();
  return (
    <Row
      title={
        <>
          {email}
          <Badge>{isExpired ? "expired" : role}</Badge>
        </>
      }
      facts={
        <>
          Invited by {invitedBy}, {isExpired ? "expired" : "open until"} <LocalTime at={expiresAt} />
        </>
      }
      actions={
        <Button
          size="small"
          disabled={isPending}
          onClick={() => run(() => sendJson("DELETE", `/api/invitations/${id}`))}
        >
          Withdraw
        </Button>
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
