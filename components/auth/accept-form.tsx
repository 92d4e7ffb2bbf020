"use client";

import { useActionState } from "react";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { signInWithPassword } from "@/components/auth/sign-in-with-password";
import { Field, FormMessage } from "@/components/form/field";
import { keepFields, readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { sendJson } from "@/lib/http/client";

/** Accepts an invitation by setting a password, and signs in. */
export function AcceptForm({ token, email }: { token: string; email: string }) {
  const [problem, accept] = useActionState(async (_: string | null, form: FormData) => {
    const { name, password } = readFields(form, "name", "password");
    const sent = await sendJson("POST", "/api/invitations/accept", { token, name, password });
    return sent.ok ? signInWithPassword(email, password, "/") : sent.why;
  }, null);

  return (
    <form action={accept} onReset={keepFields} className="grid gap-4">
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Field label="E-mail" name="email" value={email} autoComplete="username" readOnly />
      <Field label="Your name" name="name" autoComplete="name" required maxLength={100} />
      <NewPasswordField />
      <SubmitButton busy="Joining…">Join</SubmitButton>
    </form>
  );
}
