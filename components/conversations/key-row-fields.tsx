"use client";

import { Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Select, toOptions } from "@/components/ui/select";
import { type KeyRow, type ValueKind, valueKinds } from "@/lib/conversations/draft";

interface KeyRowFieldsProps {
  row: KeyRow;
  onChange: (row: KeyRow) => void;
  onRemove: () => void;
}

const kinds = toOptions(valueKinds);
const yesOrNo = toOptions({ true: "Yes", false: "No" });
const field =
  "h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-base text-ink sm:text-sm";

/** One key, its type and its value. */
export function KeyRowFields({ row, onChange, onRemove }: KeyRowFieldsProps) {
  const name = row.key || "new key";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-start gap-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,2fr)_auto]">
      <input
        aria-label="Key"
        value={row.key}
        onChange={({ currentTarget }) => onChange({ ...row, key: currentTarget.value })}
        className={`${field} font-mono`}
      />
      <Select
        label={`Type of ${name}`}
        className="h-9"
        value={row.kind}
        options={kinds}
        onChange={(kind) => onChange({ ...row, ...asKind(row.text, kind) })}
      />
      <div className="max-sm:col-span-3 max-sm:row-start-2">
        <Value row={row} name={name} onChange={(text) => onChange({ ...row, text })} />
      </div>
      <IconButton
        label={`Remove ${name}`}
        className="max-sm:col-start-3 max-sm:row-start-1"
        onClick={onRemove}
      >
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
}

function Value({ row, name, onChange }: { row: KeyRow; name: string; onChange: (text: string) => void }) {
  const label = `Value of ${name}`;
  switch (row.kind) {
    case "nothing":
      return <span className="flex h-9 items-center text-muted">null</span>;
    case "yes":
      return (
        <Select label={label} className="h-9 w-full" value={row.text} options={yesOrNo} onChange={onChange} />
      );
    case "json":
      return (
        <textarea
          aria-label={label}
          spellCheck={false}
          rows={Math.min(12, row.text.split("\n").length)}
          value={row.text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          className={`${field} h-auto py-1.5 font-mono`}
        />
      );
    default:
      return (
        <input
          aria-label={label}
          inputMode={row.kind === "number" ? "decimal" : "text"}
          value={row.text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          className={field}
        />
      );
  }
}

/** Keeps the typed text when the type changes, unless the new type has fixed values. */
function asKind(text: string, kind: ValueKind): Pick<KeyRow, "kind" | "text"> {
  return { kind, text: kind === "yes" ? String(text === "true") : text };
}
