"use client";

import { Plus } from "lucide-react";
import { KeyRowFields } from "@/components/conversations/key-row-fields";
import { Button } from "@/components/ui/button";
import type { KeyRow } from "@/lib/conversations/draft";

interface KeyRowsProps {
  rows: readonly KeyRow[];
  onChange: (rows: KeyRow[]) => void;
}

/** A context key by key, each value of its type. */
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
        Add a key
      </Button>
    </div>
  );
}
