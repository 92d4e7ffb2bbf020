"use client";

import { useActionState, useState } from "react";
import { AppCodeField } from "@/components/auth/confirm-fields";
import { Field, FormMessage } from "@/components/form/field";
import { readFields } from "@/components/form/read-fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

/** The second step of signing in: the app's code, or a recovery code in its place. */
export function CodeForm({ next }: { next: string }) {
  const [isRecovery, setRecovery] = useState(false);
  const [problem, confirm] = useActionState(async (_: string | null, form: FormData) => {
    const { code } = readFields(form, "code");
    const kind = isRecovery ? "verify-backup-code" : "verify-totp";
    const sent = await sendJson("POST", `/api/auth/two-factor/${kind}`, { code: code.replaceAll(" ", "") });
    if (!sent.ok) return sent.why;
    window.location.assign(next);
    return null;
  }, null);

  return (
    <form action={confirm} className="grid gap-4">
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isRecovery ? (
        <Field
          key="recovery"
          label="Recovery code"
          name="code"
          autoComplete="off"
          spellCheck={false}
          required
          hint="One of the codes you saved when you set up the app. Each works once."
        />
      ) : (
        <AppCodeField key="app" label="Code" hint="The 6 digits your authenticator app shows now." />
      )}
      <SubmitButton busy="Checking…">Continue</SubmitButton>
      <Button variant="quiet" onClick={() => setRecovery(!isRecovery)}>
        {isRecovery ? "Use the authenticator app" : "Use a recovery code"}
      </Button>
    </form>
  );
}
