"use client";

import { GitMerge } from "lucide-react";
import { useEffect } from "react";
import { ChangeList } from "@/components/conversations/change-list";
import { DraftFields } from "@/components/conversations/draft-fields";
import { useContextDraft } from "@/components/conversations/use-context-draft";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Button } from "@/components/ui/button";
import { listChanges } from "@/lib/conversations/context";
import { type Draft, isEdited, readDraft } from "@/lib/conversations/draft";
import type { ContextState } from "@/lib/conversations/versions";

interface ContextConflictProps {
  draft: Draft;
  /** The context others have saved since the draft began. */
  theirs: ContextState;
  onRebase: () => void;
  onDrop: () => void;
}

/** An edit conflict: both sets of changes, and the ways to resolve it. */
function ContextConflict({ draft, theirs, onRebase, onDrop }: ContextConflictProps) {
  const { context: ours } = readDraft(draft);
  const { base } = draft;
  return (
    <section
      aria-label="Version conflict"
      className="grid gap-3 rounded-md border border-waiting bg-waiting-soft px-3 py-3"
    >
      <p role="alert">
        <strong>
          Version {theirs.version} was saved while you were editing version {base.version}.
        </strong>{" "}
        Your edits are still below.
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="min-w-0">
          <h3 className="pb-1 font-medium">Their changes</h3>
          <ChangeList label="Their changes" changes={listChanges(base.context, theirs.context)} />
        </div>
        <div className="min-w-0">
          <h3 className="pb-1 font-medium">Your changes</h3>
          {ours ? (
            <ChangeList label="Your changes" changes={listChanges(base.context, ours)} />
          ) : (
            <p className="text-muted">Your edits are not valid yet. Fix them below first.</p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" variant="primary" disabled={!ours} onClick={onRebase}>
          <GitMerge aria-hidden />
          Merge my edits
        </Button>
        <ConfirmButton
          verb="Use their version"
          title="Use their version and discard your edits?"
          onConfirm={onDrop}
        >
          The context stays as they saved it. Your edits are lost.
        </ConfirmButton>
      </div>
    </section>
  );
}

/** Makes the browser ask before a page with unsaved edits is closed. */
function useUnsaved(hasEdits: boolean): void {
  useEffect(() => {
    if (!hasEdits) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [hasEdits]);
}

interface ContextDraftProps {
  uuid: string;
  /** The current context. A draft based on an older version stays as typed. */
  known: ContextState;
  /** Called when the draft is saved or discarded. */
  onDone: () => void;
}

/** Editor of a conversation's context, as JSON or key by key. */
export function ContextDraft({ uuid, known, onDone }: ContextDraftProps) {
  const editing = useContextDraft(uuid, known, onDone);
  const { draft, note, problem, isSaving, isOvertaken } = editing;
  const hasEdits = isEdited(draft);
  useUnsaved(hasEdits);
  const { why } = readDraft(draft);
  return (
    <div className="grid gap-3">
      {isOvertaken && (
        <ContextConflict draft={draft} theirs={known} onRebase={editing.rebase} onDrop={onDone} />
      )}
      {note && <FormMessage kind="done">{note}</FormMessage>}
      <DraftFields draft={draft} why={why} onType={editing.type} onEditAs={editing.editAs} />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={isSaving || isOvertaken || !hasEdits || why !== undefined}
          onClick={editing.save}
        >
          {isSaving ? "Saving …" : "Save context"}
        </Button>
        {hasEdits ? (
          <ConfirmButton verb="Discard" title="Discard your edits?" onConfirm={onDone}>
            The context stays as it is. Your edits are lost.
          </ConfirmButton>
        ) : (
          <Button onClick={onDone}>Cancel</Button>
        )}
      </div>
    </div>
  );
}
