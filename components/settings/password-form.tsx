"use client";

import { useActionState } from "react";
import { OwnPasswordField } from "@/components/auth/confirm-fields";
import { NewPasswordField } from "@/components/auth/new-password-field";
import { FormMessage } from "@/components/form/field";
import { keepFields, readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { type Sent, sendJson } from "@/lib/http/client";

/** Changes the user's own password and ends every other session. */
export function PasswordForm({ email }: { email: string }) {
  const [sent, change] = useActionState(async (_: Sent | null, form: FormData) => {
    const { current, password } = readFields(form, "current", "password");
    return sendJson("POST", "/api/auth/change-password", {
      currentPassword: current,
      newPassword: password,
      revokeOtherSessions: true,
    });
  }, null);

  return (
    <form action={change} onReset={sent?.ok ? undefined : keepFields} className="grid max-w-sm gap-4">
      {/* Tells password managers which account the password belongs to. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <OwnPasswordField label="Current password" name="current" />
      <NewPasswordField label="New password" />
      {sent && !sent.ok && <FormMessage kind="error">{sent.why}</FormMessage>}
      {sent?.ok && (
        <FormMessage kind="done">Password changed. Your other sessions were signed out.</FormMessage>
      )}
      <SubmitButton busy="Changing…">Change password</SubmitButton>
    </form>
  );
}
