import { Choice } from "@/components/form/choice";
import { Field, NumberField, TextArea } from "@/components/form/field";
import { type Endpoint, endpointMethods } from "@/lib/tools/endpoints/endpoint";

const methods = endpointMethods.map((method) => ({ value: method, label: method }));
const effects = [
  { value: "read", label: "Read-only: can be called twice" },
  { value: "write", label: "Writes data: called once" },
];

const exampleSchema = {
  type: "object",
  properties: { order: { type: "string", description: "The order's number." } },
  required: ["order"],
};

const toJson = (value: unknown) => JSON.stringify(value, null, 2);

/** All fields of an endpoint. */
export function EndpointFields({ endpoint }: { endpoint: Endpoint | null }) {
  return (
    <>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Name"
          name="name"
          required
          maxLength={64}
          pattern="[A-Za-z0-9_\-]+"
          autoComplete="off"
          placeholder="order_status"
          defaultValue={endpoint?.name}
          hint="The name the assistant calls."
        />
        <Choice label="Effect" name="effect" options={effects} defaultValue={endpoint?.effect ?? "read"} />
      </div>
      <Field
        label="Description"
        name="description"
        required
        maxLength={1000}
        autoComplete="off"
        placeholder="Looks up where an order is."
        defaultValue={endpoint?.description}
        hint="Tells the assistant when to call it."
      />
      <div className="grid items-start gap-3 sm:grid-cols-[8rem_1fr_8rem]">
        <Choice label="Method" name="method" options={methods} defaultValue={endpoint?.method ?? "GET"} />
        <Field
          label="URL"
          name="url"
          required
          maxLength={2000}
          autoComplete="off"
          placeholder="https://api.example.com/orders/{{order}}"
          defaultValue={endpoint?.url}
          hint="Arguments are inserted URL-encoded."
        />
        <NumberField
          label="Time limit"
          unit="ms"
          name="timeoutMs"
          min={500}
          max={20000}
          defaultValue={endpoint?.timeoutMs ?? 5000}
        />
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <TextArea
          label="Parameters"
          name="parameters"
          isCode
          rows={9}
          defaultValue={toJson(endpoint?.parameters ?? exampleSchema)}
          hint="JSON Schema. Arguments that do not match are not sent."
        />
        <TextArea
          label="Body"
          name="body"
          isCode
          rows={9}
          defaultValue={endpoint && endpoint.body !== null ? toJson(endpoint.body) : ""}
          placeholder='{ "people": "{{people}}" }'
          hint="JSON with {{arguments}}. Leave empty for none."
        />
        <TextArea
          label="Headers"
          name="headers"
          isCode
          defaultValue={Object.entries(endpoint?.headers ?? {})
            .map(([name, value]) => `${name}: ${value}`)
            .join("\n")}
          hint="One per line, such as Accept-Language: en."
        />
        <TextArea
          label="Secret headers"
          name="secrets"
          isCode
          autoComplete="off"
          placeholder="authorization: Bearer …"
          hint={describeSecrets(endpoint)}
        />
      </div>
      <TextArea
        label="Reply to the assistant"
        name="sentence"
        required
        rows={2}
        maxLength={2000}
        placeholder="The order is {{status}} and arrives {{eta.day}}."
        defaultValue={endpoint?.sentence}
        hint="Filled in from the JSON response by path; {{answer}} is the whole response."
      />
    </>
  );
}

function describeSecrets(endpoint: Endpoint | null): string {
  const names = endpoint?.secretNames ?? [];
  if (names.length === 0) return "Stored encrypted and never shown again.";
  if (!endpoint?.areSecretsReadable) return `Cannot be read: ${names.join(", ")}. Enter all of them again.`;
  return `Saved: ${names.join(", ")}. Leave empty to keep them; new headers replace all of them.`;
}
