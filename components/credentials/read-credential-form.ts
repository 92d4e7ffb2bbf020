import { readFields } from "@/components/form/read-fields";
import { splitRanges } from "@/lib/credentials/credential";

/** What the form asks our API to make; the API says what does not fit. */
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
