"use client";

import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import { sendJson } from "@/lib/http/client";

const fields = [
  { name: "waitingSeconds", label: "Silence is amber after", isOptional: false },
  { name: "longSeconds", label: "Silence is red after", isOptional: false },
  ...alertRules.flatMap(({ setting }) => (setting ? [{ ...setting, isOptional: true }] : [])),
] as const;

/** From when silence is worth a look, and from when it is an alert. */
export function RulesForm({ rules }: { rules: AlertRules }) {
  const { isPending, refusal, run } = useChange();

  function save(form: FormData) {
    const texts = readFields(form, ...fields.map(({ name }) => name));
    const seconds = Object.entries(texts).map(([name, text]) => [name, text === "" ? null : Number(text)]);
    run(() => sendJson("PUT", "/api/alerts/rules", Object.fromEntries(seconds)));
  }

  return (
    <form onSubmit={takeFields(save)} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        {fields.map(({ name, label, isOptional }) => (
          <Field
            key={name}
            name={name}
            label={label}
            hint={isOptional ? "Seconds; empty for never." : "Seconds."}
            type="number"
            min={1}
            max={600}
            required={!isOptional}
            defaultValue={rules[name] ?? ""}
          />
        ))}
      </div>
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
      <Button type="submit" look="primary" disabled={isPending} className="justify-self-start">
        Save
      </Button>
    </form>
  );
}
