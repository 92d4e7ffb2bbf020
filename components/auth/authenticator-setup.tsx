"use client";

import { lazy, Suspense, useState, useTransition } from "react";
import * as z from "zod";
import { AppCodeField, OwnPasswordField } from "@/components/auth/confirm-fields";
import { RecoveryCodes } from "@/components/auth/recovery-codes";
import { FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { type Sent, sendJson } from "@/lib/http/client";

const QrCode = lazy(() => import("@/components/auth/qr-code"));

const enabledSchema = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });

type Setup = { step: "password" } | { step: "scan" | "codes"; uri: string; codes: readonly string[] };

interface AuthenticatorSetupProps {
  /** People who sign in through an identity provider have no password to confirm with. */
  hasPassword: boolean;
  /** Called once the recovery codes have been seen. */
  onDone: () => void;
}

/** Sets up an authenticator app: password, secret for the app, first code, recovery codes. */
export function AuthenticatorSetup({ hasPassword, onDone }: AuthenticatorSetupProps) {
  const [setup, setSetup] = useState<Setup>({ step: "password" });
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const send = (request: () => Promise<Sent>, onSent: (value: unknown) => void) =>
    start(async () => {
      const sent = await request();
      setProblem(sent.ok ? null : sent.why);
      if (sent.ok) onSent(sent.value);
    });

  const begin = (form: FormData) => {
    const { password } = readFields(form, "password");
    const body = hasPassword ? { password } : {};
    send(
      () => sendJson("POST", "/api/auth/two-factor/enable", { ...body, method: "totp" }),
      (value) => {
        const { totpURI, backupCodes } = enabledSchema.parse(value);
        setSetup({ step: "scan", uri: totpURI, codes: backupCodes });
      },
    );
  };

  const finish = (form: FormData) => {
    if (setup.step !== "scan") return;
    const { code } = readFields(form, "code");
    send(
      () => sendJson("POST", "/api/auth/two-factor/verify-totp", { code: code.replaceAll(" ", "") }),
      () => setSetup({ ...setup, step: "codes" }),
    );
  };

  if (setup.step === "codes") return <RecoveryCodes codes={setup.codes} onDone={onDone} />;
  return (
    <form
      key={setup.step}
      onSubmit={takeFields(setup.step === "password" ? begin : finish)}
      className="grid max-w-sm gap-4"
    >
      {setup.step === "scan" && <Secret uri={setup.uri} />}
      {setup.step === "password" && hasPassword && <OwnPasswordField />}
      {setup.step === "scan" && <AppCodeField label="Code from the app" />}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Button type="submit" variant="primary" className="h-10 justify-self-start" disabled={isPending}>
        {setup.step === "password" ? "Set up authenticator app" : "Turn on"}
      </Button>
    </form>
  );
}

/** The app's secret: as a QR code, and as text for those without a camera. */
function Secret({ uri }: { uri: string }) {
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  return (
    <div className="grid gap-3">
      <p className="text-muted">Scan this with your authenticator app, or type the key into it.</p>
      <Suspense fallback={<div className="size-48 rounded-md bg-raised" />}>
        <QrCode text={uri} label="QR code for the authenticator app" />
      </Suspense>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 select-all break-all font-mono text-xs">{secret}</code>
        <CopyButton text={secret} what="key" />
      </div>
    </div>
  );
}
