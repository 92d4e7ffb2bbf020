"use client";

import { Field, FormMessage } from "@/components/form/field";
import { readFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import type { AlertRules } from "@/lib/alerts/rules";
import { sendJson } from "@/lib/http/client";

const fields = [
  { name: "waitingSeconds", label: "Silence is amber after", hint: "Seconds." },
  { name: "longSeconds", label: "Silence is red after", hint: "Seconds." },
  {
    name: "noAnswerSeconds",
    label: "Alert: the assistant has not answered",
    hint: "Seconds; empty for never.",
  },
  { name: "silenceSeconds", label: "Alert: nobody has spoken", hint: "Seconds; empty for never." },
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
    <form action={save} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        {fields.map(({ name, label, hint }) => (
          <Field
            key={name}
            name={name}
            label={label}
            hint={hint}
            type="number"
            min={1}
            max={600}
            required={name === "waitingSeconds" || name === "longSeconds"}
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
