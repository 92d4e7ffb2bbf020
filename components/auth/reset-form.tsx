"use client";

import { useActionState } from "react";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { FormMessage } from "@/components/form/field";
import { keepFields, readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { type Sent, sendJson } from "@/lib/http/client";

/** Sets a new password, using the token from the link. */
export function ResetForm({ token }: { token: string }) {
  const [sent, reset] = useActionState(async (_: Sent | null, form: FormData) => {
    const { password } = readFields(form, "password");
    return sendJson("POST", "/api/auth/reset-password", { token, newPassword: password });
  }, null);

  if (sent?.ok) {
    return (
      <>
        <FormMessage kind="done">Password changed. All sessions were signed out.</FormMessage>
        <Link href="/sign-in" className="text-accent underline">
          Sign in
        </Link>
      </>
    );
  }
  return (
    <form action={reset} onReset={keepFields} className="grid gap-4">
      {sent && <FormMessage kind="error">{toSentence(sent.why)}</FormMessage>}
      <NewPasswordField label="New password" />
      <SubmitButton busy="Setting…">Set password</SubmitButton>
    </form>
  );
}

function toSentence(why: string): string {
  return why === "Invalid token" ? "This link was already used or has expired. Request a new one." : why;
}
