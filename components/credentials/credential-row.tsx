"use client";

import { useState } from "react";
import { CredentialFacts } from "@/components/credentials/credential-facts";
import { RotateButton } from "@/components/credentials/rotate-button";
import { VapiFields } from "@/components/credentials/vapi-fields";
import { FormMessage } from "@/components/form/form-message";
import { Badge } from "@/components/settings/badge";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import type { ListedCredential } from "@/lib/credentials/credential";
import { kindNames, type ShownCredential, shownCredentialSchema } from "@/lib/credentials/credential";
import { sendJson } from "@/lib/http/client";

interface CredentialRowProps {
  credential: ListedCredential;
  tokenUrl: string;
}

/** One webhook credential. */
export function CredentialRow({ credential, tokenUrl }: CredentialRowProps) {
  const { id, name, settings, state } = credential;
  const { isPending, refusal, run } = useChange();
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
              Whatever Vapi sends with it is refused from now on, and lost unless a retry plan is set. This
              cannot be undone.
            </ConfirmButton>
          </>
        )
      }
    >
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
      {shown && <VapiFields shown={shown} tokenUrl={tokenUrl} />}
    </Row>
  );
}
