"use client";

import { useState } from "react";
import * as z from "zod";
import { LocalTime } from "@/components/clock/local-time";
import { Choice } from "@/components/form/choice";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { roleNames } from "@/components/settings/role-options";
import { Badge, Row } from "@/components/settings/row";
import { ShownOnce } from "@/components/settings/shown-once";
import { type Change, useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import type { Role } from "@/lib/auth/roles";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";

const linkSchema = z.object({ link: z.string() });

interface PersonActionsProps {
  person: PersonRowProps;
  change: Change;
  onResetLink: (link: string) => void;
}

/** An admin's actions on a person. Admins cannot block or remove themselves. */
export function PersonActions({ person, change: { isPending, run }, onResetLink }: PersonActionsProps) {
  const path = `/api/people/${encodeURIComponent(person.id)}`;
  const makeResetLink = () =>
    run(
      () => sendJson("POST", `${path}/reset-link`),
      (value) => onResetLink(linkSchema.parse(value).link),
    );
  const signOut = () => run(() => sendJson("DELETE", `${path}/sessions`));

  return (
    // The same width in each row, so that buttons line up in columns; the rarest comes last.
    <div className="flex flex-wrap items-center gap-2 lg:w-[40rem]">
      <div className="w-28">
        <Choice
          label={`Role of ${person.name}`}
          isLabelHidden
          options={roleNames}
          value={person.role}
          disabled={isPending}
          onChange={(role) => run(() => sendJson("PATCH", path, { role }))}
        />
      </div>
      <Button size="small" disabled={isPending} onClick={makeResetLink}>
        Create reset link
      </Button>
      <Button size="small" disabled={isPending || person.sessions === 0} onClick={signOut}>
        Sign out
      </Button>
      {!person.isSelf && <Exclusion person={person} path={path} isPending={isPending} run={run} />}
      {person.hasSecondFactor && (
        <ConfirmButton
          verb="Reset second factor"
          title={`Reset the second factor of ${person.name}?`}
          disabled={isPending}
          onConfirm={() => run(() => sendJson("DELETE", `${path}/second-factor`))}
        >
          Their authenticator app, recovery codes and passkeys stop working, and they are signed out. The
          password stays.
        </ConfirmButton>
      )}
    </div>
  );
}

type ExclusionProps = Pick<Change, "isPending" | "run"> & { person: PersonRowProps; path: string };

function Exclusion({ person: { name, blocked }, path, isPending, run }: ExclusionProps) {
  const toggleBlock = () => run(() => sendJson("PATCH", path, { blocked: !blocked }));
  return (
    <>
      <Button size="small" disabled={isPending} onClick={toggleBlock} className="min-w-18">
        {blocked ? "Unblock" : "Block"}
      </Button>
      <ConfirmButton
        verb="Remove"
        title={`Remove ${name}?`}
        disabled={isPending}
        onConfirm={() => run(() => sendJson("DELETE", path))}
      >
        They are signed out and cannot come back without an invitation. What they did stays in the audit log.
      </ConfirmButton>
    </>
  );
}

export type PersonRowProps = {
  id: string;
  name: string;
  email: string;
  role: Role;
  blocked: boolean;
  hasSecondFactor: boolean;
  sessions: number;
  /** ISO time. */
  lastSeenAt: string | null;
  /** Whether the person is the viewer. */
  isSelf: boolean;
};

/** One person, with an admin's actions. */
export function PersonRow(person: PersonRowProps) {
  const { name, email, blocked, hasSecondFactor, isSelf } = person;
  const change = useChange();
  const [link, setLink] = useState<string | null>(null);

  return (
    <Row
      title={
        <>
          {name}
          {isSelf && <Badge>you</Badge>}
          {blocked && <Badge>blocked</Badge>}
          {hasSecondFactor && <Badge>second factor</Badge>}
        </>
      }
      facts={<PersonFacts {...person} />}
      actions={<PersonActions person={person} change={change} onResetLink={setLink} />}
    >
      {change.problem && <FormMessage kind="error">{change.problem}</FormMessage>}
      {link && (
        <ShownOnce what="reset link" secret={link}>
          {`Send this link to ${email}. It sets a new password once and expires in an hour.`}
        </ShownOnce>
      )}
    </Row>
  );
}

function PersonFacts({ email, sessions, lastSeenAt }: PersonRowProps) {
  return (
    <>
      {email} · {formatCount(sessions, "session")}
      {lastSeenAt && (
        <>
          , last <LocalTime at={lastSeenAt} />
        </>
      )}
    </>
  );
}
