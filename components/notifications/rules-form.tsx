"use client";

import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import { sendJson } from "@/lib/http/client";
import type { IncidentRules } from "@/lib/incidents/rules";

/** A whole number that is part of a setting; one that may be left out is null in the setting. */
interface Limit {
  name: string;
  label: string;
  hint: string;
  min: number;
  max: number;
  isOptional: boolean;
}

const seconds = { min: 1, max: 600 };

const alertLimits: readonly Limit[] = [
  {
    name: "waitingSeconds",
    label: "Silence is amber after",
    hint: "Seconds.",
    ...seconds,
    isOptional: false,
  },
  { name: "longSeconds", label: "Silence is red after", hint: "Seconds.", ...seconds, isOptional: false },
  ...alertRules.flatMap(({ setting }) =>
    setting ? [{ ...setting, hint: "Seconds; empty for never.", ...seconds, isOptional: true }] : [],
  ),
];

/** From when silence is worth a look, and from when it is an alert. */
export function RulesForm({ rules }: { rules: AlertRules }) {
  return <LimitsForm path="/api/alerts/rules" limits={alertLimits} values={{ ...rules }} />;
}

const incidentLimits: readonly Limit[] = [
  { name: "count", label: "Calls affected", hint: "Minimum.", min: 2, max: 1_000, isOptional: false },
  { name: "windowSeconds", label: "Within", hint: "Seconds.", min: 5, max: 600, isOptional: false },
  {
    name: "quietMinutes",
    label: "Closes after",
    hint: "Minutes without a new one.",
    min: 1,
    max: 60,
    isOptional: false,
  },
];

/** From when on calls in trouble are one incident, and when it is over. */
export function IncidentRulesForm({ rules }: { rules: IncidentRules }) {
  return <LimitsForm path="/api/incidents/rules" limits={incidentLimits} values={{ ...rules }} />;
}

function LimitsForm({
  path,
  limits,
  values,
}: {
  path: string;
  limits: readonly Limit[];
  values: Readonly<Record<string, number | null>>;
}) {
  const { isPending, refusal, run } = useChange();

  function save(form: FormData) {
    const texts = readFields(form, ...limits.map(({ name }) => name));
    const numbers = Object.entries(texts).map(([name, text]) => [name, text === "" ? null : Number(text)]);
    run(() => sendJson("PUT", path, Object.fromEntries(numbers)));
  }

  return (
    <form onSubmit={takeFields(save)} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        {limits.map(({ name, label, hint, min, max, isOptional }) => (
          <Field
            key={name}
            name={name}
            label={label}
            hint={hint}
            type="number"
            min={min}
            max={max}
            required={!isOptional}
            defaultValue={values[name] ?? ""}
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
