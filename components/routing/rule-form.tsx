"use client";

import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { AnswerFields } from "@/components/routing/answer-fields";
import { ConditionFields } from "@/components/routing/condition-fields";
import { describeIssues } from "@/components/routing/describe-issues";
import { type ReadForm, readAnswerForm } from "@/components/routing/read-answer-form";
import { Button } from "@/components/ui/button";
import { type Rule, ruleSchema } from "@/lib/routing/routing";

/** Reads a rule from its form, with the same validation as on the server. */
export function readRuleForm(form: FormData, known: { id: string; isEnabled: boolean }): ReadForm<Rule> {
  const answer = readAnswerForm(form);
  if (!answer.ok) return answer;
  const { name } = readFields(form, "name");
  const rule = { ...known, name, when: readConditions(form), answer: answer.value };
  const parsed = ruleSchema.safeParse(rule);
  if (!parsed.success) return { ok: false, why: describeIssues(parsed.error.issues) };
  return { ok: true, value: parsed.data };
}

function readConditions(form: FormData): object {
  const text = readFields(form, "called", "numbers", "prefixes", "countries", "from", "to", "zone");
  const tests = form.getAll("test");
  const values = form.getAll("value");
  return {
    called: splitList(text.called),
    callers: {
      numbers: splitList(text.numbers),
      prefixes: splitList(text.prefixes),
      isWithheld: form.has("isWithheld"),
    },
    countries: splitList(text.countries).map((code) => code.toUpperCase()),
    time: form.has("isTimed")
      ? {
          zone: text.zone,
          weekdays: form.getAll("weekdays").map(Number),
          // Some browsers add seconds once they have been edited.
          from: text.from.slice(0, 5),
          to: text.to.slice(0, 5),
        }
      : null,
    fields: form.getAll("path").map((path, index) => ({ path, test: tests[index], value: values[index] })),
  };
}

function splitList(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

interface RuleFormProps {
  /** Null for a new rule. */
  rule: Rule | null;
  isPending: boolean;
  onSave: (rule: Rule) => void;
  onCancel: () => void;
}

/** Form for a routing rule. Errors are shown before it is sent. */
export function RuleForm({ rule, isPending, onSave, onCancel }: RuleFormProps) {
  const [why, setWhy] = useState<string | null>(null);

  function save(form: FormData) {
    const read = readRuleForm(form, {
      id: rule?.id ?? crypto.randomUUID(),
      isEnabled: rule?.isEnabled ?? true,
    });
    setWhy(read.ok ? null : read.why);
    if (read.ok) onSave(read.value);
  }

  return (
    <form
      aria-label={rule ? `Edit “${rule.name}”` : "New rule"}
      onSubmit={takeFields(save)}
      className="grid gap-4"
    >
      <Field label="Name" name="name" required maxLength={100} defaultValue={rule?.name} autoComplete="off" />
      <fieldset className="grid gap-3">
        <legend className="pb-2 font-semibold text-sm">All conditions match</legend>
        <ConditionFields when={rule?.when ?? null} />
      </fieldset>
      <fieldset className="grid gap-3">
        <legend className="pb-2 font-semibold text-sm">Answer with</legend>
        <AnswerFields answer={rule?.answer ?? null} />
      </fieldset>
      {why && <FormMessage kind="error">{why}</FormMessage>}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={isPending}>
          Save
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
