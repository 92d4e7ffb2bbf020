"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import * as z from "zod";
import { AuthenticatorSetup } from "@/components/auth/authenticator-setup";
import { OwnPasswordField } from "@/components/auth/confirm-fields";
import { RecoveryCodes } from "@/components/auth/recovery-codes";
import { FormMessage } from "@/components/form/field";
import { readFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

interface AuthenticatorProps {
  isOn: boolean;
  hasPassword: boolean;
}

/** The user's own authenticator app: setup, or its state once on. */
export function Authenticator({ isOn, hasPassword }: AuthenticatorProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  if (isOn && !isOpen) return <AuthenticatorOn hasPassword={hasPassword} />;
  if (!isOpen) {
    return (
      <Button className="justify-self-start" onClick={() => setOpen(true)}>
        Set up authenticator app
      </Button>
    );
  }
  const close = () => {
    setOpen(false);
    router.refresh();
  };
  return <AuthenticatorSetup hasPassword={hasPassword} onDone={close} />;
}

const codesSchema = z.object({ backupCodes: z.array(z.string()) });

/** Creates new recovery codes or turns the app off; both require the password. */
function AuthenticatorOn({ hasPassword }: { hasPassword: boolean }) {
  const { isPending, problem, run } = useChange();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;

  const change = (form: HTMLFormElement | null, path: "disable" | "generate-backup-codes") => {
    if (!form?.reportValidity()) return;
    const { password } = readFields(new FormData(form), "password");
    run(
      () => sendJson("POST", `/api/auth/two-factor/${path}`, hasPassword ? { password } : {}),
      (value) => {
        form.reset();
        const made = codesSchema.safeParse(value);
        if (made.success) setCodes(made.data.backupCodes);
      },
    );
  };

  return (
    <form onSubmit={(event) => event.preventDefault()} className="grid max-w-sm gap-4">
      <p>The authenticator app is on.</p>
      {hasPassword && <OwnPasswordField />}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={isPending}
          onClick={(event) => change(event.currentTarget.form, "generate-backup-codes")}
        >
          Create new recovery codes
        </Button>
        <Button
          variant="danger"
          disabled={isPending}
          onClick={(event) => change(event.currentTarget.form, "disable")}
        >
          Turn off
        </Button>
      </div>
    </form>
  );
}
