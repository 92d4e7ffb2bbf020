"use client";

import { Pencil } from "lucide-react";
import { useCan } from "@/components/auth/use-can";
import { ContextConflict } from "@/components/conversations/context-conflict";
import { DraftFields } from "@/components/conversations/draft-fields";
import { useContextDraft } from "@/components/conversations/use-context-draft";
import { useUnsaved } from "@/components/conversations/use-unsaved";
import { FormMessage } from "@/components/form/form-message";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Button } from "@/components/ui/button";
import { Json } from "@/components/ui/json";
import { isEdited, readDraft } from "@/lib/conversations/draft";
import type { ContextState } from "@/lib/conversations/versions";

interface ContextEditorProps {
  uuid: string;
  /** As it is now. A draft that began from an older version stays as it is typed. */
  known: ContextState;
}

/** A conversation's context, to read, and for those who may, to edit as JSON or key by key. */
export function ContextEditor({ uuid, known }: ContextEditorProps) {
  const canEdit = useCan("context.edit");
  const editing = useContextDraft(uuid, known);
  const { draft, note, refusal, isSaving, isOvertaken } = editing;
  const hasEdits = draft !== null && isEdited(draft);
  useUnsaved(hasEdits);

  if (!draft) {
    return (
      <div className="grid gap-2">
        {Object.keys(known.context).length === 0 ? (
          <p className="text-muted">
            Empty. Whatever is put into this conversation's context, every tool and assistant of it can read.
          </p>
        ) : (
          <Json label="Context" value={known.context} />
        )}
        {canEdit && (
          <Button size="small" className="w-fit" onClick={editing.begin}>
            <Pencil aria-hidden />
            Edit context
          </Button>
        )}
      </div>
    );
  }
  const { why } = readDraft(draft);
  return (
    <div className="grid gap-3">
      {isOvertaken && (
        <ContextConflict draft={draft} theirs={known} onRebase={editing.rebase} onDrop={editing.drop} />
      )}
      {note && <FormMessage kind="done">{note}</FormMessage>}
      <DraftFields draft={draft} why={why} onType={editing.type} onEditAs={editing.editAs} />
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          disabled={isSaving || isOvertaken || !hasEdits || why !== undefined}
          onClick={editing.save}
        >
          {isSaving ? "Saving …" : "Save context"}
        </Button>
        {hasEdits ? (
          <ConfirmButton verb="Discard" title="Discard what you have typed?" onConfirm={editing.drop}>
            The context stays as it is. What you have typed is lost.
          </ConfirmButton>
        ) : (
          <Button onClick={editing.drop}>Cancel</Button>
        )}
      </div>
    </div>
  );
}
