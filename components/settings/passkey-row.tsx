"use client";

import { useState } from "react";
import { LocalTime } from "@/components/clock/local-time";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

export type PasskeyRowProps = {
  id: string;
  name: string;
  /** "1Password", where it says so. */
  manager: string | null;
  /** ISO time. */
  createdAt: string;
};

/** One of the user's own passkeys. */
export function PasskeyRow({ id, name, manager, createdAt }: PasskeyRowProps) {
  const { isPending, problem, run } = useChange();
  const [isRenaming, setRenaming] = useState(false);

  const rename = (form: FormData) =>
    run(
      () => sendJson("POST", "/api/auth/passkey/update-passkey", { id, ...readFields(form, "name") }),
      () => setRenaming(false),
    );

  return (
    <Row
      title={name}
      facts={
        <>
          {manager && `${manager} · `}added <LocalTime at={createdAt} />
        </>
      }
      actions={
        <>
          <Button size="small" disabled={isPending} onClick={() => setRenaming(!isRenaming)}>
            {isRenaming ? "Cancel" : "Rename"}
          </Button>
          <ConfirmButton
            verb="Remove"
            title={`Remove passkey ${name}?`}
            disabled={isPending}
            onConfirm={() => run(() => sendJson("POST", "/api/auth/passkey/delete-passkey", { id }))}
          >
            You can no longer sign in with it. Delete it on its device too.
          </ConfirmButton>
        </>
      }
    >
      {isRenaming && (
        <form onSubmit={takeFields(rename)} className="flex max-w-sm items-end gap-2">
          <Field
            label="New name"
            name="name"
            defaultValue={name}
            autoComplete="off"
            maxLength={100}
            required
          />
          <Button type="submit" className="h-10" disabled={isPending}>
            Save
          </Button>
        </form>
      )}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
