"use client";

import { useState } from "react";
import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/form-message";
import { Badge } from "@/components/settings/badge";
import { PersonActions } from "@/components/settings/person-actions";
import { Row } from "@/components/settings/row";
import { ShownOnce } from "@/components/settings/shown-once";
import { useChange } from "@/components/settings/use-change";
import type { Role } from "@/lib/auth/roles";

export type PersonRowProps = {
  id: string;
  name: string;
  email: string;
  role: Role;
  blocked: boolean;
  sessions: number;
  /** ISO time. */
  lastSeenAt: string | null;
  /** Whoever is looking. */
  isSelf: boolean;
};

/** One person, and what an admin can do. */
export function PersonRow(person: PersonRowProps) {
  const { name, email, blocked, isSelf } = person;
  const change = useChange();
  const [link, setLink] = useState<string | null>(null);

  return (
    <Row
      title={
        <>
          {name}
          {isSelf && <Badge>you</Badge>}
          {blocked && <Badge>blocked</Badge>}
        </>
      }
      facts={<PersonFacts {...person} />}
      actions={<PersonActions person={person} change={change} onResetLink={setLink} />}
    >
      {change.refusal && <FormMessage kind="refused">{change.refusal}</FormMessage>}
      {link && (
        <ShownOnce what="reset link" secret={link}>
          {`Hand this link to ${email}. It sets a new password once, within an hour.`}
        </ShownOnce>
      )}
    </Row>
  );
}

function PersonFacts({ email, sessions, lastSeenAt }: PersonRowProps) {
  return (
    <>
      {email} · {sessions === 1 ? "1 session" : `${sessions} sessions`}
      {lastSeenAt && (
        <>
          , last <LocalTime at={lastSeenAt} />
        </>
      )}
    </>
  );
}
