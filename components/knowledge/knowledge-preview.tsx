"use client";

import { useState, useTransition } from "react";
import * as z from "zod";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import { type FoundPassage, foundPassageSchema } from "@/lib/knowledge/knowledge";

const answerSchema = z.object({ passages: z.array(foundPassageSchema) });

/** Passages found for a question, as the assistant would receive them. */
export function KnowledgePreview() {
  const [isPending, start] = useTransition();
  const [passages, setPassages] = useState<FoundPassage[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const ask = (form: FormData) =>
    start(async () => {
      const sent = await sendJson("POST", "/api/knowledge/preview", readFields(form, "question"));
      setProblem(sent.ok ? null : sent.why);
      setPassages(sent.ok ? answerSchema.parse(sent.value).passages : null);
    });

  return (
    <div className="grid gap-4">
      <form onSubmit={takeFields(ask)} className="flex flex-wrap items-end gap-3">
        <div className="min-w-60 flex-1">
          <Field label="A caller's question" name="question" required maxLength={2_000} autoComplete="off" />
        </div>
        <Button type="submit" variant="primary" disabled={isPending} className="h-10">
          Ask
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <div role="status">{passages && <Found passages={passages} />}</div>
    </div>
  );
}

function Found({ passages }: { passages: FoundPassage[] }) {
  if (passages.length === 0) return <p className="text-muted">No matches. The assistant gets no passages.</p>;
  return (
    <ol aria-label="Matches" className="grid gap-3">
      {passages.map(({ documentId, heading, content, similarity }) => (
        <li
          key={`${documentId} ${content}`}
          className="grid gap-1 rounded-lg border border-line bg-surface px-4 py-3"
        >
          <p className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium">
            <span className="wrap-anywhere">{heading}</span>
            <span className="text-muted text-xs">similarity {similarity.toFixed(2)}</span>
          </p>
          <p className="wrap-anywhere line-clamp-6 whitespace-pre-wrap text-sm">{content}</p>
        </li>
      ))}
    </ol>
  );
}
