import { Check } from "@/components/form/check";
import { Field } from "@/components/form/field";

/** Where a Bearer token is sent, as Vapi's form asks for it. */
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
      <Check name="hasPrefix" label="The word Bearer stands before the token" defaultChecked />
    </div>
  );
}
