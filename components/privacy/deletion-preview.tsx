"use client";

import { useState } from "react";
import { Field } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";
import { Figures } from "@/components/ui/figures";
import type { SubjectCounts } from "@/lib/privacy/subject";
import { deletionPhrase } from "@/lib/privacy/subject";

interface DeletionPreviewProps {
  counts: SubjectCounts;
  isPending: boolean;
  onDelete: (confirmation: string) => void;
}

/** How much would be deleted, and the phrase to type for confirmation. */
export function DeletionPreview({ counts, isPending, onDelete }: DeletionPreviewProps) {
  const [typed, setTyped] = useState("");
  const phrase = deletionPhrase(counts);
  return (
    <div className="grid gap-4 rounded-lg border border-danger bg-surface px-4 py-4">
      <div className="grid max-w-xs gap-2">
        <p className="font-medium">Stored data:</p>
        <Figures
          rows={[
            ["Calls", counts.calls],
            ["Transcript lines", counts.lines],
            ["Tool calls", counts.toolCalls],
            ["Reports", counts.reports],
            ["Alerts", counts.alerts],
            ["Recording copies", counts.copies],
            ["Event log entries", counts.events],
          ]}
        />
      </div>
      {counts.live > 0 && (
        <p>
          {counts.live === 1 ? "One call is" : `${counts.live} calls are`} in progress and will be kept.
          Delete again after the call ends.
        </p>
      )}
      <p className="text-muted">
        This cannot be undone. Vapi keeps its own copies of calls and recordings; delete them there too. The
        audit log records that you did this and how much was deleted.
      </p>
      <form
        onSubmit={takeFields(() => onDelete(typed))}
        className="grid items-end gap-3 sm:grid-cols-[minmax(0,20rem)_auto] sm:justify-start"
      >
        <Field
          label={`To confirm, type: ${phrase}`}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Button
          type="submit"
          variant="danger"
          className="h-10"
          disabled={isPending || typed.trim().toLowerCase() !== phrase}
        >
          Delete everything
        </Button>
      </form>
    </div>
  );
}
