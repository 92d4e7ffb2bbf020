"use client";

import { GitMerge } from "lucide-react";
import { ChangeList } from "@/components/conversations/change-list";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Button } from "@/components/ui/button";
import { listChanges } from "@/lib/conversations/context";
import { type Draft, readDraft } from "@/lib/conversations/draft";
import type { ContextState } from "@/lib/conversations/versions";

interface ContextConflictProps {
  draft: Draft;
  /** What somebody has saved since the draft began. */
  theirs: ContextState;
  onRebase: () => void;
  onDrop: () => void;
}

/** Two people have edited at once: what each has changed, and how both can stand. */
export function ContextConflict({ draft, theirs, onRebase, onDrop }: ContextConflictProps) {
  const { context: ours } = readDraft(draft);
  const { base } = draft;
  return (
    <section
      aria-label="Changed meanwhile"
      className="grid gap-3 rounded-md border border-waiting bg-waiting-soft px-3 py-3"
    >
      <p role="alert">
        <strong>
          Somebody saved version {theirs.version} while you were editing version {base.version}.
        </strong>{" "}
        What you have typed is still here, below.
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <div className="min-w-0">
          <h3 className="pb-1 font-medium">What they changed</h3>
          <ChangeList label="What they changed" changes={listChanges(base.context, theirs.context)} />
        </div>
        <div className="min-w-0">
          <h3 className="pb-1 font-medium">What you changed</h3>
          {ours ? (
            <ChangeList label="What you changed" changes={listChanges(base.context, ours)} />
          ) : (
            <p className="text-muted">It cannot be read yet: mend it below first.</p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" look="primary" disabled={!ours} onClick={onRebase}>
          <GitMerge aria-hidden />
          Bring mine onto theirs
        </Button>
        <ConfirmButton
          verb="Take theirs"
          title="Take theirs, and discard what you have typed?"
          onConfirm={onDrop}
        >
          The context stays as they have saved it. What you have typed is lost.
        </ConfirmButton>
      </div>
    </section>
  );
}
