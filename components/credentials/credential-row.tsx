"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useState } from "react";
import { LocalTime } from "@/components/clock/local-time";
import { VapiFields } from "@/components/credentials/vapi-fields";
import { Choice } from "@/components/form/choice";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import {
  describeSettings,
  kindNames,
  type ListedCredential,
  type ShownCredential,
  shownCredentialSchema,
} from "@/lib/credentials/credential";
import { sendJson } from "@/lib/http/client";

/** How a credential is sent, who created it and when, and when it was last used. */
export function CredentialFacts({ credential }: { credential: ListedCredential }) {
  const { settings, hint, createdBy, createdAt, lastUsedAt, expiresAt, state, addressRanges } = credential;
  return (
    <>
      <code className="font-mono">
        {settings ? describeSettings(settings) : "X-Vapi-Secret: … or Authorization: Bearer …"}
      </code>
      {hint && ` · ends in ${hint}`}
      {createdAt && (
        <>
          {" "}
          · by {createdBy}, <LocalTime at={createdAt} />
        </>
      )}{" "}
      · last used {lastUsedAt ? <LocalTime at={lastUsedAt} /> : "never"}
      {state === "expiring" && expiresAt && (
        <>
          {" "}
          · until <LocalTime at={expiresAt} />
        </>
      )}
      {addressRanges.length > 0 && ` · only from ${addressRanges.join(", ")}`}
    </>
  );
}

const graces = [
  { value: "1", label: "1 hour" },
  { value: "24", label: "1 day" },
  { value: "168", label: "1 week" },
  { value: "0", label: "Revoke it now" },
] as const;

interface RotateButtonProps {
  name: string;
  disabled: boolean;
  onRotate: (graceHours: number) => void;
}

/** Asks how long the old secret stays valid, then creates a new one. */
export function RotateButton({ name, disabled, onRotate }: RotateButtonProps) {
  const [hours, setHours] = useState("24");
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={<Button size="small" disabled={disabled} />}>Rotate</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-ink/30" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 grid w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-3 rounded-xl border border-line bg-surface p-5 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">{`Rotate “${name}”?`}</AlertDialog.Title>
          <AlertDialog.Description className="text-muted">
            A new secret is generated. The old one stays valid for a while so that no events are lost until
            Vapi has the new one.
          </AlertDialog.Description>
          <Choice label="The old secret stays valid for" options={graces} value={hours} onChange={setHours} />
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <AlertDialog.Close render={<Button variant="primary" onClick={() => onRotate(Number(hours))} />}>
              Rotate
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

interface CredentialRowProps {
  credential: ListedCredential;
  tokenUrl: string;
}

export function CredentialRow({ credential, tokenUrl }: CredentialRowProps) {
  const { id, name, settings, state } = credential;
  const { isPending, problem, run } = useChange();
  const [shown, setShown] = useState<ShownCredential | null>(null);
  const isUsable = state === "valid" || state === "expiring";

  const rotate = (graceHours: number) =>
    run(
      () => sendJson("POST", `/api/credentials/${id}/rotate`, { graceHours }),
      (value) => setShown(shownCredentialSchema.parse(value)),
    );

  return (
    <Row
      title={
        <>
          {name}
          <Badge>{settings ? kindNames[settings.kind] : "environment"}</Badge>
          {state !== "valid" && <Badge>{state}</Badge>}
        </>
      }
      facts={<CredentialFacts credential={credential} />}
      actions={
        settings &&
        isUsable && (
          <>
            {state === "valid" && <RotateButton name={name} disabled={isPending} onRotate={rotate} />}
            <ConfirmButton
              verb="Revoke"
              title={`Revoke “${name}”?`}
              disabled={isPending}
              onConfirm={() => run(() => sendJson("DELETE", `/api/credentials/${id}`))}
            >
              Events sent with it are rejected from now on, and lost unless a retry plan is set. This cannot
              be undone.
            </ConfirmButton>
          </>
        )
      }
    >
      {isUsable && !credential.isReadable && (
        <FormMessage kind="error">
          {`Its key cannot be read: BETTER_AUTH_SECRET has changed. Events signed with it are rejected.${state === "valid" ? " Rotate it and enter the new secret in Vapi." : ""}`}
        </FormMessage>
      )}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {shown && <VapiFields shown={shown} tokenUrl={tokenUrl} />}
    </Row>
  );
}
