"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { type Saved, saveContext } from "@/lib/conversations/client/save-context";
import { beginDraft, type Draft, editAs, readDraft, rebaseDraft } from "@/lib/conversations/draft";
import { conversationQuery } from "@/lib/conversations/queries";
import type { ContextState } from "@/lib/conversations/versions";

/** State of a context being edited: starts it, switches between JSON and keys, saves, or rebases on what others saved. */
export function useContextDraft(uuid: string, known: ContextState, onDone: () => void) {
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => beginDraft(known, "json"));
  const [note, setNote] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, start] = useTransition();

  async function take(saved: Saved) {
    if (saved.outcome === "refused") return setProblem(saved.why);
    if (saved.outcome === "saved") {
      queryClient.setQueryData(conversationQuery(uuid).queryKey, saved.conversation);
      onDone();
    }
    // After a conflict, fetches what others saved, so that it is shown next to the draft.
    await queryClient.invalidateQueries({ queryKey: conversationQuery(uuid).queryKey });
    await queryClient.invalidateQueries({ queryKey: ["calls", "detail"] });
  }

  return {
    draft,
    note,
    problem,
    isSaving,
    /** Whether a newer version than the draft's base has been saved. */
    isOvertaken: known.version > draft.base.version,
    type: (next: Draft) => {
      setDraft(next);
      setProblem(null);
    },
    editAs: (as: Draft["as"]) => setDraft(editAs(draft, as)),
    save: () =>
      start(async () => {
        const { context } = readDraft(draft);
        if (context) await take(await saveContext(uuid, draft.base.version, context));
      }),
    rebase: () => {
      const rebased = rebaseDraft(draft, known);
      if (!rebased) return;
      setDraft(rebased.draft);
      setProblem(null);
      setNote(sayJoined(rebased.clashes));
    },
  };
}

function sayJoined(clashes: readonly string[]): string {
  if (clashes.length === 0) return "Both sets of changes are merged. Review and save.";
  return `Both sets of changes are merged. You both changed ${clashes.join(", ")}; your value was kept. Review and save.`;
}
