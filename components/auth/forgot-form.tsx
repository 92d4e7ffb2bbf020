"use client";

import { useActionState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { keepFields, readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { type Sent, sendJson } from "@/lib/http/client";

/** Requests a reset link by e-mail. The response does not reveal whether the address has an account. */
export function ForgotForm() {
  const [sent, ask] = useActionState(async (_: Sent | null, form: FormData) => {
    return sendJson("POST", "/api/auth/request-password-reset", readFields(form, "email"));
  }, null);

  if (sent?.ok) {
    return (
      <FormMessage kind="done">
        If this address has an account, an e-mail with a reset link is on its way.
      </FormMessage>
    );
  }
  return (
    <form action={ask} onReset={keepFields} className="grid gap-4">
      {sent && <FormMessage kind="error">{sent.why}</FormMessage>}
      <Field label="E-mail" name="email" type="email" autoComplete="username" required />
      <SubmitButton busy="Sending…">Send a link</SubmitButton>
    </form>
  );
}
