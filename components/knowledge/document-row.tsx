"use client";

import { useState } from "react";
import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { DocumentForm } from "@/components/knowledge/document-form";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import {
  type DocumentText,
  documentTextSchema,
  type ListedDocument,
  languages,
} from "@/lib/knowledge/knowledge";

/** One document; its text is loaded for editing. */
export function DocumentRow({ document }: { document: ListedDocument }) {
  const { id, title, language, characters, passages, changedBy, changedAt } = document;
  const { isPending, problem, run } = useChange();
  const [text, setText] = useState<DocumentText | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function edit() {
    const response = await fetch(`/api/knowledge/${id}`).catch(() => null);
    const known = documentTextSchema.safeParse(await response?.json().catch(() => null));
    setText(known.data ?? null);
    setFailure(known.success ? null : "Could not load the document. Reload the page.");
  }

  return (
    <Row
      title={
        <>
          {title} {language !== "english" && <Badge>{languages[language].split(":")[0] ?? language}</Badge>}
        </>
      }
      facts={
        <>
          {formatCount(characters, "character")} in {formatCount(passages, "passage")} · changed by{" "}
          {changedBy}, <LocalTime at={changedAt} />
        </>
      }
      actions={
        <>
          {!text && (
            <Button size="small" onClick={edit} aria-label={`Edit “${title}”`}>
              Edit
            </Button>
          )}
          <ConfirmButton
            verb="Delete"
            title={`Delete “${title}”?`}
            disabled={isPending}
            onConfirm={() => run(() => sendJson("DELETE", `/api/knowledge/${id}`))}
          >
            Assistants can no longer find it. This cannot be undone.
          </ConfirmButton>
        </>
      }
    >
      {(problem ?? failure) && <FormMessage kind="error">{problem ?? failure ?? ""}</FormMessage>}
      {text && <DocumentForm known={{ id, text }} onDone={() => setText(null)} />}
    </Row>
  );
}
