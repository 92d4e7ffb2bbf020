"use client";

import { useId } from "react";
import { KeyRows } from "@/components/conversations/key-rows";
import { Button } from "@/components/ui/button";
import type { Draft } from "@/lib/conversations/draft";

interface DraftFieldsProps {
  draft: Draft;
  /** What is wrong with it, with the place. */
  why: string | undefined;
  onType: (draft: Draft) => void;
  onEditAs: (as: Draft["as"]) => void;
}

const ways = [
  ["json", "JSON"],
  ["keys", "Keys and values"],
] as const;

/** A draft to type in, one way or the other. What is wrong with it is said while it is typed. */
export function DraftFields({ draft, why, onType, onEditAs }: DraftFieldsProps) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">Edit as</legend>
        {ways.map(([as, name]) => (
          <Button
            key={as}
            size="small"
            look={draft.as === as ? "plain" : "quiet"}
            aria-pressed={draft.as === as}
            // What cannot be read cannot be shown the other way, and must not get lost.
            disabled={draft.as !== as && why !== undefined}
            onClick={() => onEditAs(as)}
          >
            {name}
          </Button>
        ))}
      </fieldset>
      {draft.as === "json" ? (
        <textarea
          aria-label="Context as JSON"
          aria-invalid={why !== undefined}
          aria-describedby={`${id}-why`}
          spellCheck={false}
          rows={Math.min(24, Math.max(8, draft.text.split("\n").length + 1))}
          value={draft.text}
          onChange={({ currentTarget }) => onType({ ...draft, text: currentTarget.value })}
          className="w-full rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-base text-ink sm:text-xs"
        />
      ) : (
        <KeyRows rows={draft.rows} onChange={(rows) => onType({ ...draft, rows })} />
      )}
      <p id={`${id}-why`} aria-live="polite" className="wrap-anywhere min-h-5 text-hang text-sm">
        {why}
      </p>
    </div>
  );
}
