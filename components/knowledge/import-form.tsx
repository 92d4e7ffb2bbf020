"use client";

import { useState } from "react";
import { Choice } from "@/components/form/choice";
import { Field, FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { languageOptions } from "@/components/knowledge/language-options";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { cleanText } from "@/lib/clean-text";
import { type Sent, sendJson } from "@/lib/http/client";
import {
  type DocumentText,
  documentTextSchema,
  type KnowledgeLanguage,
  readHeading,
} from "@/lib/knowledge/knowledge";

/**
 * Reads a text or Markdown file as a document. Its title is the first level-1 heading, or else the file name without extension.
 */
export async function readDocumentFile(file: File, language: KnowledgeLanguage): Promise<DocumentText> {
  const text = await file.text();
  const headings = text.slice(0, 2_000).split("\n").map(readHeading);
  const heading = headings.find((found) => found?.level === 1);
  return {
    title: cleanText(heading?.name ?? file.name.replace(/\.[^.]+$/, ""), 200),
    content: text,
    language,
  };
}

/** Creates a document from each selected file in turn. Those already saved stay if a later one is rejected. */
export function ImportForm() {
  const { isPending, problem, run } = useChange();
  const [taken, setTaken] = useState<string[]>([]);
  const [times, setTimes] = useState(0);

  function take(form: FormData) {
    const files = form.getAll("files").filter((entry) => entry instanceof File && entry.size > 0);
    const { language } = documentTextSchema
      .pick({ language: true })
      .parse({ language: form.get("language") });
    setTaken([]);
    run(
      async () => {
        for (const file of files) {
          if (!(file instanceof File)) continue;
          const sent = await sendJson("POST", "/api/knowledge", await readDocumentFile(file, language));
          if (!sent.ok) return refuse(file.name, sent.why);
          setTaken((names) => [...names, file.name]);
        }
        return { ok: true, value: null };
      },
      () => setTimes(times + 1),
    );
  }

  return (
    <form key={times} onSubmit={takeFields(take)} className="grid gap-3">
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_14rem]">
        <Field
          label="Files"
          name="files"
          type="file"
          accept=".txt,.md,.markdown,text/plain,text/markdown"
          multiple
          className="w-full rounded-md border border-line-strong bg-surface text-base text-muted file:mr-3 file:h-10 file:border-0 file:bg-raised file:px-3 file:text-ink sm:text-sm"
          required
          hint="Up to 200,000 characters each. The first heading is the title."
        />
        <Choice label="Language" name="language" options={languageOptions} defaultValue="english" />
      </div>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {taken.length > 0 && <FormMessage kind="done">{`Imported: ${taken.join(", ")}.`}</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
        Import
      </Button>
    </form>
  );
}

function refuse(name: string, why: string): Sent {
  return { ok: false, why: `${name} was not imported. ${why}` };
}
