import { Choice } from "@/components/form/choice";
import { Check, Field, NumberField } from "@/components/form/field";

const algorithms = [
  { value: "sha256", label: "SHA-256" },
  { value: "sha512", label: "SHA-512" },
  { value: "sha1", label: "SHA-1" },
] as const;

const encodings = [
  { value: "hex", label: "hex" },
  { value: "base64", label: "Base64" },
] as const;

const plain = { autoComplete: "off", spellCheck: false } as const;

/** All settings of Vapi's HMAC plan, with Vapi's defaults. */
export function HmacFields() {
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-3">
      <summary className="cursor-pointer font-medium">Signature settings (Vapi’s defaults)</summary>
      <div className="grid items-start gap-3 pt-3 sm:grid-cols-2">
        <Choice label="Algorithm" name="algorithm" options={algorithms} defaultValue="sha256" />
        <Choice label="Encoding" name="encoding" options={encodings} defaultValue="hex" />
        <Field label="Signature header" name="signatureHeader" defaultValue="x-signature" {...plain} />
        <Field
          label="Signature prefix"
          name="signaturePrefix"
          placeholder="None"
          hint="As in sha256=…"
          {...plain}
        />
        <Field
          label="Payload format"
          name="payloadFormat"
          defaultValue="{timestamp}.{body}"
          hint="{timestamp} {body} {method} {url} {svix-id}. Without {timestamp}, old deliveries can be replayed."
          {...plain}
        />
        <Field label="Timestamp header" name="timestampHeader" defaultValue="x-timestamp" {...plain} />
        <NumberField
          label="Timestamp tolerance"
          unit="s"
          name="toleranceSeconds"
          min={10}
          max={3600}
          defaultValue={300}
        />
        <Field
          label="Message id header"
          name="messageIdHeader"
          defaultValue="svix-id"
          hint="The header that carries {svix-id}."
          {...plain}
        />
        <Check name="secretIsBase64" label="The secret is Base64 and decoded first" />
      </div>
    </details>
  );
}
