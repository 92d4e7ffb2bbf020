"use client";

import type { ReactNode } from "react";
import { Choice } from "@/components/form/choice";
import { Check, Field, FormMessage, NumberField } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { toOptions } from "@/components/ui/select";
import { type AlertRules, alertRules } from "@/lib/alerts/rules";
import { sendJson } from "@/lib/http/client";
import type { IncidentRules } from "@/lib/incidents/rules";

/** A whole number within a setting; an optional one is null when empty. */
interface Limit {
  name: string;
  label: string;
  unit?: string;
  hint?: string;
  min: number;
  max: number;
  isOptional: boolean;
}

const seconds = { unit: "s", min: 1, max: 600 };

const alertLimits: readonly Limit[] = [
  { name: "waitingSeconds", label: "Silence is amber after", ...seconds, isOptional: false },
  { name: "longSeconds", label: "Silence is red after", ...seconds, isOptional: false },
  ...alertRules.flatMap(({ setting }) =>
    setting ? [{ ...setting, hint: "Leave empty for never.", ...seconds, isOptional: true }] : [],
  ),
];

/** Sets from when silence is marked and from when it opens an alert. */
export function RulesForm({ rules }: { rules: AlertRules }) {
  return <LimitsForm path="/api/alerts/rules" limits={alertLimits} values={{ ...rules }} />;
}

const incidentLimits: readonly Limit[] = [
  { name: "count", label: "Calls affected", hint: "Minimum.", min: 2, max: 1_000, isOptional: false },
  { name: "windowSeconds", label: "Within", unit: "s", min: 5, max: 600, isOptional: false },
  {
    name: "quietMinutes",
    label: "Closes after",
    unit: "min",
    hint: "Without a new one.",
    min: 1,
    max: 60,
    isOptional: false,
  },
];

const sensitivities = toOptions({
  low: "Low: clear cases only",
  normal: "Normal",
  high: "High: sooner, with more false alarms",
});

const watched = [
  ["trouble", "Failures, hangs and failing tools"],
  ["volume", "No calls"],
  ["response", "Response time (p95)"],
  ["cost", "Cost per call"],
] as const;

/** Sets when alerts become an incident, when it closes, and which rates are compared with their usual values. */
export function IncidentRulesForm({ rules }: { rules: IncidentRules }) {
  const { count, windowSeconds, quietMinutes } = rules;
  return (
    <LimitsForm
      path="/api/incidents/rules"
      limits={incidentLimits}
      values={{ count, windowSeconds, quietMinutes }}
      more={(form) => ({
        ...readFields(form, "sensitivity", "zone"),
        ...Object.fromEntries(watched.map(([name]) => [name, form.has(name)])),
      })}
    >
      <fieldset className="grid gap-1">
        <legend className="font-medium text-sm">Compare with the same hour of past weeks</legend>
        <p className="text-muted text-xs">
          Needs three days of calls, and three weeks for response time, cost and missing calls. Until then the
          numbers above decide.
        </p>
        <div className="flex flex-wrap gap-x-5">
          {watched.map(([name, label]) => (
            <Check key={name} label={label} name={name} defaultChecked={rules[name]} />
          ))}
        </div>
      </fieldset>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Choice
          label="Sensitivity"
          name="sensitivity"
          options={sensitivities}
          defaultValue={rules.sensitivity}
        />
        <Field
          label="Time zone"
          name="zone"
          required
          defaultValue={rules.zone}
          hint="Such as Europe/Berlin."
        />
      </div>
    </LimitsForm>
  );
}

function LimitsForm({
  path,
  limits,
  values,
  more = () => ({}),
  children,
}: {
  path: string;
  limits: readonly Limit[];
  values: Readonly<Record<string, number | null>>;
  /** Further values of the form, from its `children`. */
  more?: (form: FormData) => Record<string, string | boolean>;
  children?: ReactNode;
}) {
  const { isPending, problem, run } = useChange();

  function save(form: FormData) {
    const texts = readFields(form, ...limits.map(({ name }) => name));
    const numbers = Object.entries(texts).map(([name, text]) => [name, text === "" ? null : Number(text)]);
    run(() => sendJson("PUT", path, { ...Object.fromEntries(numbers), ...more(form) }));
  }

  return (
    <form onSubmit={takeFields(save)} className="grid gap-3">
      <div className={`grid gap-3 ${limits.length === 3 ? "sm:grid-cols-3" : "sm:grid-cols-2"}`}>
        {limits.map(({ name, label, unit, hint, min, max, isOptional }) => (
          <NumberField
            key={name}
            name={name}
            label={label}
            unit={unit}
            hint={hint}
            min={min}
            max={max}
            required={!isOptional}
            defaultValue={values[name] ?? ""}
          />
        ))}
      </div>
      {children}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
        Save
      </Button>
    </form>
  );
}
