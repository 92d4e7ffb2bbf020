"use client";

import { useActionState } from "react";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { signInWithPassword } from "@/components/auth/sign-in-with-password";
import { Field, FormMessage } from "@/components/form/field";
import { keepFields, readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { sendJson } from "@/lib/http/client";

/** Creates the first admin and signs them in. */
export function WelcomeForm({ token }: { token: string }) {
  const [problem, create] = useActionState(async (_: string | null, form: FormData) => {
    const founder = readFields(form, "token", "name", "email", "password");
    const sent = await sendJson("POST", "/api/welcome", founder);
    return sent.ok ? signInWithPassword(founder.email, founder.password, "/settings/assistants") : sent.why;
  }, null);

  return (
    <form action={create} onReset={keepFields} className="grid gap-4">
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Field
        label="Setup token"
        name="token"
        defaultValue={token}
        autoComplete="off"
        required
        hint="The value of SETUP_TOKEN, or the token in the link npm start printed."
      />
      <Field label="Your name" name="name" autoComplete="name" required maxLength={100} />
      <Field label="E-mail" name="email" type="email" autoComplete="username" required />
      <NewPasswordField />
      <SubmitButton busy="Creating…">Create first admin</SubmitButton>
    </form>
  );
}
