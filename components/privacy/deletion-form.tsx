"use client";

import { useState } from "react";
import * as z from "zod";
import { Choice } from "@/components/form/choice";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { DeletionPreview } from "@/components/privacy/deletion-preview";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import { type SubjectCounts, subjectCountsSchema } from "@/lib/privacy/subject";

const answerSchema = z.object({ calls: z.number(), remaining: z.number() });

const kinds = [
  { value: "number", label: "Caller, by number" },
  { value: "conversation", label: "All callers of a conversation" },
] as const;

/** Finds the data stored about a caller, and deletes it after a typed confirmation. */
export function DeletionForm() {
  const { isPending, problem, run } = useChange();
  const [kind, setKind] = useState<string>("number");
  const [found, setFound] = useState<{ subject: object; counts: SubjectCounts } | null>(null);
  const [done, setDone] = useState<string | null>(null);

  function showPreview(form: FormData) {
    const { who } = readFields(form, "who");
    const subject = kind === "number" ? { kind, number: who } : { kind, uuid: who.trim() };
    setFound(null);
    setDone(null);
    run(
      () => sendJson("POST", "/api/privacy/preview", subject),
      (value) => setFound({ subject, counts: subjectCountsSchema.parse(value) }),
    );
  }

  function erase(subject: object, confirmation: string) {
    run(
      () => sendJson("POST", "/api/privacy/deletion", { subject, confirmation }),
      (value) => {
        setDone(describeDeletion(answerSchema.parse(value)));
        setFound(null);
      },
    );
  }

  return (
    <div className="grid gap-3">
      <form onSubmit={takeFields(showPreview)} className="grid items-end gap-3 sm:grid-cols-[16rem_1fr_auto]">
        <Choice label="Delete" options={kinds} value={kind} onChange={setKind} />
        <Field
          label={kind === "number" ? "Number, with country code" : "The conversation’s UUID"}
          name="who"
          autoComplete="off"
          required
        />
        <Button type="submit" className="h-10" disabled={isPending}>
          Preview
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {done && !problem && <FormMessage kind="done">{done}</FormMessage>}
      {found && (
        <DeletionPreview
          counts={found.counts}
          isPending={isPending}
          onDelete={(confirmation) => erase(found.subject, confirmation)}
        />
      )}
    </div>
  );
}

function describeDeletion({ calls, remaining }: z.infer<typeof answerSchema>): string {
  const gone = `${formatCount(calls, "call")} deleted, with all related data.`;
  return remaining > 0 ? `${gone} ${remaining} more to delete: preview again to continue.` : gone;
}
