"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Choice } from "@/components/form/choice";
import { Check, Field, FormMessage, TextArea } from "@/components/form/field";
import { NamesField } from "@/components/form/names-field";
import { BacktestResult, useBacktest } from "@/components/rules/backtest-result";
import { ConditionGroup } from "@/components/rules/condition-group";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import type { Severity } from "@/lib/alerts/alert";
import { sendJson } from "@/lib/http/client";
import { emptyDraft, type RuleDraft, toDraft, toRule } from "@/lib/rules/draft";
import {
  type NewRule,
  ruleSchema,
  type StoredRule,
  scopeDirections,
  storedRuleSchema,
} from "@/lib/rules/rule";
import { type Named, resourcesQuery, toChoices } from "@/lib/vapi/resources";

/** Channels and teams that a rule can refer to. */
export interface RuleTargets {
  channels: readonly { id: string; name: string }[];
  teams: readonly { id: string; team: string }[];
}

interface RuleFormProps {
  /** Null for a new rule. */
  rule: StoredRule | null;
  targets: RuleTargets;
  /** Gets the rule as stored. */
  onSaved: (rule: StoredRule) => void;
  onCancel: () => void;
}

const severityOptions: { value: Severity; label: string }[] = [
  { value: "info", label: "Info" },
  { value: "warning", label: "Warning" },
  { value: "critical", label: "Critical" },
];

/** Form for a rule. If saving fails, the typed values stay. */
export function RuleForm({ rule, targets, onSaved, onCancel }: RuleFormProps) {
  const { isPending, problem, run } = useChange();
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? toDraft(rule) : emptyDraft));
  const [why, setWhy] = useState<string | null>(null);
  const tested = useBacktest();
  const change = (next: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...next }));

  function read(): NewRule | null {
    const parsed = ruleSchema.safeParse(toRule(draft, rule));
    setWhy(parsed.success ? null : [...new Set(parsed.error.issues.map(({ message }) => message))].join(" "));
    return parsed.data ?? null;
  }

  function save(event: FormEvent) {
    event.preventDefault();
    const wanted = read();
    if (!wanted) return;
    run(
      () =>
        rule
          ? sendJson("PATCH", `/api/alert-rules/${rule.id}`, wanted)
          : sendJson("POST", "/api/alert-rules", wanted),
      (value) => {
        const saved = storedRuleSchema.safeParse(value);
        if (saved.success) onSaved(saved.data);
      },
    );
  }

  function test() {
    const wanted = read();
    if (wanted) tested.run({ scope: wanted.scope, when: wanted.when });
  }

  return (
    <form
      aria-label={rule ? `Edit “${rule.name}”` : "New rule"}
      onSubmit={save}
      className="grid min-w-0 gap-5"
    >
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_10rem]">
        <Field
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          dir="auto"
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
        />
        <Choice
          label="Severity"
          value={draft.severity}
          options={severityOptions}
          onChange={(severity) => change({ severity: severity as Severity })}
        />
      </div>
      <Scope scope={draft.scope} onChange={(scope) => change({ scope })} />
      <ConditionGroup group={draft.when} onChange={(when) => change({ when })} />
      <Actions draft={draft} targets={targets} onChange={change} />
      {(why ?? problem) && <FormMessage kind="error">{why ?? problem ?? ""}</FormMessage>}
      <BacktestResult {...tested} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={isPending}>
          Save
        </Button>
        <Button onClick={test} disabled={tested.isPending}>
          Back-test
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const directionLabels = { inbound: "Inbound", outbound: "Outbound", web: "Web" } as const;

interface ScopeProps {
  scope: RuleDraft["scope"];
  onChange: (scope: RuleDraft["scope"]) => void;
}

/** Which calls a rule applies to. */
function Scope({ scope, onChange }: ScopeProps) {
  const { data } = useQuery(resourcesQuery);
  const toOptions = (known: readonly Named[] = []) =>
    toChoices(known).map(({ id, label }) => ({ value: id, label }));
  const { assistants, numbers, directions } = scope;
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="pb-2 font-semibold text-sm">Calls</legend>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <NamesField
          label="Assistants"
          placeholder="All assistants"
          options={toOptions(data?.assistants)}
          values={assistants}
          onChange={(next) => onChange({ ...scope, assistants: next })}
        />
        <NamesField
          label="Our numbers"
          placeholder="All numbers"
          options={toOptions(data?.numbers)}
          values={numbers}
          onChange={(next) => onChange({ ...scope, numbers: next })}
        />
      </div>
      <fieldset className="flex flex-wrap items-center gap-x-4">
        <legend className="font-medium text-sm">Direction</legend>
        {scopeDirections.map((direction) => (
          <Check
            key={direction}
            label={directionLabels[direction]}
            checked={directions.includes(direction)}
            onChange={({ target }) =>
              onChange({
                ...scope,
                directions: scopeDirections.filter((each) =>
                  each === direction ? target.checked : directions.includes(each),
                ),
              })
            }
          />
        ))}
        <span className="text-muted text-xs">{directions.length === 0 && "All directions"}</span>
      </fieldset>
    </fieldset>
  );
}

interface ActionsProps {
  draft: RuleDraft;
  targets: RuleTargets;
  onChange: (next: Partial<RuleDraft>) => void;
}

function Actions({ draft, targets, onChange }: ActionsProps) {
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="pb-2 font-semibold text-sm">Then</legend>
      <Check
        label="Raise an alert"
        checked={draft.alerts}
        onChange={({ target }) => onChange({ alerts: target.checked })}
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Choice
          label="Notify"
          value={draft.notify}
          options={[
            { value: "", label: "No channel" },
            { value: "all", label: "Every channel" },
            ...targets.channels.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(notify) => onChange({ notify })}
        />
        <Field
          label="Tag the call"
          maxLength={40}
          autoComplete="off"
          dir="auto"
          value={draft.tag}
          onChange={({ target }) => onChange({ tag: target.value })}
        />
      </div>
      <p className="text-muted text-xs">
        The actions below reach the live call. They stay off until you have seen a back-test of the saved
        rule.
      </p>
      <TextArea
        label="Say"
        rows={2}
        maxLength={1_000}
        value={draft.say}
        onChange={({ target }) => onChange({ say: target.value })}
      />
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <Choice
          label="Transfer to"
          value={draft.transferTo}
          options={[
            { value: "", label: "No transfer" },
            ...targets.teams.map(({ id, team }) => ({ value: id, label: team })),
          ]}
          onChange={(transferTo) => onChange({ transferTo })}
        />
        <Check
          label="End the call"
          checked={draft.ends}
          onChange={({ target }) => onChange({ ends: target.checked })}
        />
      </div>
    </fieldset>
  );
}
