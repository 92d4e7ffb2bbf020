"use client";

import { useState } from "react";
import { HmacFields } from "@/components/credentials/hmac-fields";
import { VapiFields } from "@/components/credentials/vapi-fields";
import { Choice } from "@/components/form/choice";
import { Check, Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { type ShownCredential, shownCredentialSchema, splitRanges } from "@/lib/credentials/credential";
import { sendJson } from "@/lib/http/client";

/** Header of a Bearer token, named as in Vapi's form. */
export function BearerFields() {
  return (
    <div className="grid items-end gap-3 sm:grid-cols-2">
      <Field
        label="Header name"
        name="header"
        defaultValue="Authorization"
        autoComplete="off"
        spellCheck={false}
      />
      <Check name="hasPrefix" label="Prefix the token with Bearer" defaultChecked />
    </div>
  );
}

/** The request body for the API, which validates it. */
export function readCredentialForm(form: FormData): object {
  const { name, kind, secret, ranges } = readFields(form, "name", "kind", "secret", "ranges");
  return {
    name,
    settings: readSettings(kind, form),
    addressRanges: splitRanges(ranges),
    ...(secret && { secret }),
  };
}

function readSettings(kind: string, form: FormData): object {
  if (kind === "bearer") {
    return { kind, header: readFields(form, "header").header, hasPrefix: form.has("hasPrefix") };
  }
  if (kind !== "hmac") return { kind };
  const { toleranceSeconds, ...texts } = readFields(
    form,
    "algorithm",
    "encoding",
    "signatureHeader",
    "signaturePrefix",
    "payloadFormat",
    "timestampHeader",
    "messageIdHeader",
    "toleranceSeconds",
  );
  return {
    kind,
    ...texts,
    toleranceSeconds: Number(toleranceSeconds),
    secretIsBase64: form.has("secretIsBase64"),
  };
}

const kinds = [
  { value: "secret", label: "X-Vapi-Secret: a shared secret, sent as is" },
  { value: "bearer", label: "Bearer token: a shared secret in a header of your choice" },
  { value: "hmac", label: "HMAC: every delivery signed, old ones rejected" },
  { value: "oauth2", label: "OAuth 2: Vapi fetches a token here every hour" },
] as const;

/** Creates a webhook credential, then shows what to enter in Vapi. */
export function CredentialForm({ tokenUrl }: { tokenUrl: string }) {
  const { isPending, problem, run } = useChange();
  const [kind, setKind] = useState<string>("secret");
  const [shown, setShown] = useState<ShownCredential | null>(null);

  function create(form: FormData) {
    run(
      () => sendJson("POST", "/api/credentials", readCredentialForm(form)),
      (value) => {
        setShown(shownCredentialSchema.parse(value));
        setKind("secret");
      },
    );
  }

  return (
    <div className="grid gap-3">
      <form key={shown?.id} onSubmit={takeFields(create)} className="grid gap-3">
        <div className="grid items-end gap-3 sm:grid-cols-2">
          <Field label="Name" name="name" autoComplete="off" required maxLength={100} />
          <Choice label="Kind" name="kind" options={kinds} value={kind} onChange={setKind} />
        </div>
        {kind === "bearer" && <BearerFields />}
        {kind === "hmac" && <HmacFields />}
        <div className="grid items-start gap-3 sm:grid-cols-2">
          {kind !== "oauth2" && (
            <Field
              label="Secret"
              name="secret"
              type="password"
              autoComplete="off"
              placeholder="Generated"
              hint="Only if Vapi has one already: 20 characters or more."
            />
          )}
          <Field
            label="Only from these addresses"
            name="ranges"
            autoComplete="off"
            placeholder="Anywhere"
            hint="Addresses or CIDR ranges. Vapi's static ones are 167.150.224.0/23."
          />
        </div>
        <Button type="submit" variant="primary" className="h-10 justify-self-start" disabled={isPending}>
          Create
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {shown && <VapiFields shown={shown} tokenUrl={tokenUrl} />}
    </div>
  );
}
