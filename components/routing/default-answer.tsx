"use client";

import { useState } from "react";
import { FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { AnswerFields } from "@/components/routing/answer-fields";
import { describeIssues } from "@/components/routing/describe-issues";
import { readAnswerForm } from "@/components/routing/read-answer-form";
import { Button } from "@/components/ui/button";
import { type Answer, answerSchema } from "@/lib/routing/routing";

interface DefaultAnswerProps {
  answer: Answer | null;
  isPending: boolean;
  onSave: (answer: Answer | null) => void;
}

/** Who takes the calls that no rule takes. */
export function DefaultAnswer({ answer, isPending, onSave }: DefaultAnswerProps) {
  const [why, setWhy] = useState<string | null>(null);

  function save(form: FormData) {
    const read = readAnswerForm(form);
    if (!read.ok) return setWhy(read.why);
    const parsed = answerSchema.nullable().safeParse(read.value);
    setWhy(parsed.success ? null : describeIssues(parsed.error.issues));
    if (parsed.success) onSave(parsed.data);
  }

  return (
    <form
      aria-label="Default"
      onSubmit={takeFields(save)}
      className="grid gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <h3 className="font-medium">When no rule matches</h3>
      <AnswerFields answer={answer} canBeNone />
      {why && <FormMessage kind="refused">{why}</FormMessage>}
      <Button type="submit" className="justify-self-start" disabled={isPending}>
        Save the default
      </Button>
    </form>
  );
}
