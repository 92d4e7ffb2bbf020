"use client";

import { useState } from "react";
import { Field } from "@/components/form/field";
import { FormMessage } from "@/components/form/form-message";
import { takeFields } from "@/components/form/take-fields";
import { AnswerFields } from "@/components/routing/answer-fields";
import { ConditionFields } from "@/components/routing/condition-fields";
import { readRuleForm } from "@/components/routing/read-rule-form";
import { Button } from "@/components/ui/button";
import type { Rule } from "@/lib/routing/routing";

interface RuleFormProps {
  /** Null for a new one. */
  rule: Rule | null;
  isPending: boolean;
  onSave: (rule: Rule) => void;
  onCancel: () => void;
}

/** Everything about one rule. What does not fit is said before it is sent. */
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
      aria-label={rule ? `Edit “${rule.name}”` : "A new rule"}
      onSubmit={takeFields(save)}
      className="grid gap-4"
    >
      <Field label="Name" name="name" required maxLength={100} defaultValue={rule?.name} autoComplete="off" />
      <fieldset className="grid gap-3">
        <legend className="pb-2 font-semibold text-sm">When all of this holds</legend>
        <ConditionFields when={rule?.when ?? null} />
      </fieldset>
      <fieldset className="grid gap-3">
        <legend className="pb-2 font-semibold text-sm">Answer with</legend>
        <AnswerFields answer={rule?.answer ?? null} />
      </fieldset>
      {why && <FormMessage kind="refused">{why}</FormMessage>}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isPending}>
          Save
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
