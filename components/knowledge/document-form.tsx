"use client";

import { useState } from "react";
import { Choice } from "@/components/form/choice";
import { Field, FormMessage, TextArea } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { languageOptions } from "@/components/knowledge/language-options";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { DocumentText } from "@/lib/knowledge/knowledge";

interface DocumentFormProps {
  /** The document to edit; undefined for a new one. */
  known?: { id: string; text: DocumentText };
  onDone?: () => void;
}

export function DocumentForm({ known, onDone }: DocumentFormProps) {
  const { isPending, problem, run } = useChange();
  const [saved, setSaved] = useState(0);

  function save(form: FormData) {
    const text = readFields(form, "title", "language", "content");
    run(
      () =>
        known
          ? sendJson("PUT", `/api/knowledge/${known.id}`, text)
          : sendJson("POST", "/api/knowledge", text),
      () => {
        setSaved(saved + 1);
        onDone?.();
      },
    );
  }

  return (
    <form key={saved} onSubmit={takeFields(save)} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-[1fr_14rem]">
        <Field
          label="Title"
          name="title"
          defaultValue={known?.text.title}
          required
          maxLength={200}
          autoComplete="off"
        />
        <Choice
          label="Language"
          name="language"
          options={languageOptions}
          defaultValue={known?.text.language ?? "english"}
        />
      </div>
      <TextArea
        label="Text"
        name="content"
        rows={known ? 16 : 8}
        defaultValue={known?.text.content}
        required
        maxLength={200_000}
      />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {saved > 0 && !problem && !known && (
        <FormMessage kind="done">Added. Assistants can find it now.</FormMessage>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={isPending}>
          {known ? "Save" : "Add"}
        </Button>
        {known && <Button onClick={onDone}>Cancel</Button>}
      </div>
    </form>
  );
}
