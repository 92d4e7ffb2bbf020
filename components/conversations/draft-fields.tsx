"use client";

import { Plus } from "lucide-react";
import { useId } from "react";
import { KeyRowFields } from "@/components/conversations/key-row-fields";
import { Button } from "@/components/ui/button";
import type { Draft, KeyRow } from "@/lib/conversations/draft";

interface KeyRowsProps {
  rows: readonly KeyRow[];
  onChange: (rows: KeyRow[]) => void;
}

/** A context key by key, each value with its type. */
export function KeyRows({ rows, onChange }: KeyRowsProps) {
  const nextId = Math.max(-1, ...rows.map(({ id }) => id)) + 1;
  return (
    <div className="grid gap-2">
      {rows.length > 0 && (
        <ul aria-label="Keys and values" className="grid gap-2">
          {rows.map((row, index) => (
            <KeyRowFields
              key={row.id}
              row={row}
              onChange={(changed) => onChange(rows.with(index, changed))}
              onRemove={() => onChange(rows.filter(({ id }) => id !== row.id))}
            />
          ))}
        </ul>
      )}
      <Button
        size="small"
        className="w-fit"
        onClick={() => onChange([...rows, { id: nextId, key: "", kind: "text", text: "" }])}
      >
        <Plus aria-hidden />
        Add key
      </Button>
    </div>
  );
}

interface DraftFieldsProps {
  draft: Draft;
  /** The draft's error, with its position. */
  why: string | undefined;
  onType: (draft: Draft) => void;
  onEditAs: (as: Draft["as"]) => void;
}

const ways = [
  ["json", "JSON"],
  ["keys", "Keys and values"],
] as const;

/** Fields of a draft, as JSON or keys. Errors are shown while typing. */
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
            variant={draft.as === as ? "plain" : "quiet"}
            aria-pressed={draft.as === as}
            // An invalid draft cannot be converted to the other form, and must not be lost.
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
      <p id={`${id}-why`} aria-live="polite" className="wrap-anywhere min-h-5 text-danger text-sm">
        {why}
      </p>
    </div>
  );
}
