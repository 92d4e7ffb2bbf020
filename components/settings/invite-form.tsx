"use client";

import { useState } from "react";
import * as z from "zod";
import { Choice } from "@/components/form/choice";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { roleOptions } from "@/components/settings/role-options";
import { ShownOnce } from "@/components/settings/shown-once";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ link: z.string() });

/** Invites an address with a role, and shows the link to hand over. */
export function InviteForm() {
  const { isPending, problem, run } = useChange();
  const [invited, setInvited] = useState<{ email: string; link: string } | null>(null);

  function invite(form: FormData) {
    const invitation = readFields(form, "email", "role");
    run(
      () => sendJson("POST", "/api/invitations", invitation),
      (value) => setInvited({ email: invitation.email, link: answerSchema.parse(value).link }),
    );
  }

  return (
    <div className="grid gap-3">
      <form
        key={invited?.link}
        onSubmit={takeFields(invite)}
        className="grid items-end gap-3 sm:grid-cols-[1fr_20rem_auto]"
      >
        <Field label="E-mail" name="email" type="email" autoComplete="off" required />
        <Choice label="Role" name="role" options={roleOptions} defaultValue="operator" />
        <Button type="submit" variant="primary" className="h-10" disabled={isPending}>
          Invite
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {invited && (
        <ShownOnce what="invitation link" secret={invited.link}>
          {`Send this link to ${invited.email}. It works once, within seven days, and is not shown again.`}
        </ShownOnce>
      )}
    </div>
  );
}
