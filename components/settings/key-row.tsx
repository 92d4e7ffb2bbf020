"use client";

import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import type { Role } from "@/lib/auth/roles";
import { sendJson } from "@/lib/http/client";

export type KeyRowProps = {
  id: string;
  name: string;
  prefix: string;
  role: Role;
  createdBy: string;
  state: "valid" | "expired" | "revoked";
  /** ISO times. */
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};

export function KeyRow(key: KeyRowProps) {
  const { id, name, state, role } = key;
  const { isPending, problem, run } = useChange();
  return (
    <Row
      title={
        <>
          {name}
          <Badge>{state === "valid" ? role : state}</Badge>
        </>
      }
      facts={<KeyFacts {...key} />}
      actions={
        state === "valid" && (
          <ConfirmButton
            verb="Revoke"
            title={`Revoke “${name}”?`}
            disabled={isPending}
            onConfirm={() => run(() => sendJson("DELETE", `/api/keys/${id}`))}
          >
            Anything that uses it is rejected from its next request. This cannot be undone.
          </ConfirmButton>
        )
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}

function KeyFacts({ prefix, createdBy, createdAt, expiresAt, lastUsedAt }: KeyRowProps) {
  return (
    <>
      <code className="font-mono">{prefix}…</code> · by {createdBy}, <LocalTime at={createdAt} /> · last used{" "}
      {lastUsedAt ? <LocalTime at={lastUsedAt} /> : "never"}
      {expiresAt && (
        <>
          {" "}
          · until <LocalTime at={expiresAt} />
        </>
      )}
    </>
  );
}
