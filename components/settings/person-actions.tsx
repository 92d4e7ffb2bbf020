"use client";

import { z } from "zod";
import { Choice } from "@/components/form/choice";
import { ConfirmButton } from "@/components/settings/confirm-button";
import type { PersonRowProps } from "@/components/settings/person-row";
import { roleOptions } from "@/components/settings/role-options";
import type { Change } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const linkSchema = z.object({ link: z.string() });

interface PersonActionsProps {
  person: PersonRowProps;
  change: Change;
  onResetLink: (link: string) => void;
}

/** What an admin can do to a person; nobody blocks or removes themselves. */
export function PersonActions({ person, change: { isPending, run }, onResetLink }: PersonActionsProps) {
  const path = `/api/people/${encodeURIComponent(person.id)}`;
  const makeResetLink = () =>
    run(
      () => sendJson("POST", `${path}/reset-link`),
      (value) => onResetLink(linkSchema.parse(value).link),
    );
  const signOut = () => run(() => sendJson("DELETE", `${path}/sessions`));

  return (
    <>
      <Choice
        label={`Role of ${person.name}`}
        isLabelHidden
        options={roleOptions}
        value={person.role}
        disabled={isPending}
        onChange={({ currentTarget: { value: role } }) => run(() => sendJson("PATCH", path, { role }))}
      />
      <Button size="small" disabled={isPending} onClick={makeResetLink}>
        Make reset link
      </Button>
      <Button size="small" disabled={isPending || person.sessions === 0} onClick={signOut}>
        Sign out
      </Button>
      {!person.isSelf && <Exclusion person={person} path={path} isPending={isPending} run={run} />}
    </>
  );
}

type ExclusionProps = Pick<Change, "isPending" | "run"> & { person: PersonRowProps; path: string };

function Exclusion({ person: { name, blocked }, path, isPending, run }: ExclusionProps) {
  const toggleBlock = () => run(() => sendJson("PATCH", path, { blocked: !blocked }));
  return (
    <>
      <Button size="small" disabled={isPending} onClick={toggleBlock}>
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
