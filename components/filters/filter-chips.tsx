"use client";

import { Plus, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { loadCode } from "@/components/ui/load-later";
import type { SelectOption } from "@/components/ui/select";

export type FilterEditor =
  | {
      kind: "one";
      options: readonly SelectOption[];
      value: string | null;
      onChange: (value: string | null) => void;
    }
  | {
      kind: "many";
      options: readonly SelectOption[];
      values: readonly string[];
      onChange: (values: string[]) => void;
    }
  | {
      kind: "range";
      /** Unit of the numbers: "seconds". */
      unit: string;
      min: number | null;
      max: number | null;
      onChange: (min: number | null, max: number | null) => void;
    }
  | {
      kind: "text";
      /** Type of the input. Times are in UTC, like "2026-08-31T14:00". */
      type: "text" | "datetime-local";
      value: string;
      onChange: (value: string) => void;
    };

export interface FilterChip {
  name: string;
  label: string;
  /** The current value as text; null while the filter is off. */
  words: string | null;
  /** Null for a filter that can only be set by a link. */
  editor: FilterEditor | null;
  clear: () => void;
}

/** Loaded when a chip or "Filter" is first pressed. */
const FilterPopup = dynamic(
  () => loadCode(() => import("@/components/filters/filter-popup")).then((module) => module.FilterPopup),
  { ssr: false },
);

const box =
  "inline-flex h-8 min-w-0 items-center rounded-md border border-line bg-surface text-sm pointer-coarse:h-11";

/** The active filters as chips that can be edited and removed, and a button to add one. */
export function FilterChips({ filters }: { filters: readonly FilterChip[] }) {
  /** The filter whose editor is open; an empty name opens the list of filters. */
  const [openName, setOpenName] = useState<string | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const anchor = useRef<HTMLElement | null>(null);

  function open(name: string, element: HTMLElement) {
    anchor.current = element;
    setOpenName(openName === name ? null : name);
  }

  return (
    <>
      {filters.map(
        ({ name, label, words, editor, clear }) =>
          words !== null && (
            <span key={name} data-chip={name} className={`${box} max-w-full`}>
              <button
                type="button"
                disabled={editor === null}
                aria-haspopup="dialog"
                aria-expanded={openName === name}
                title={words}
                onClick={({ currentTarget }) => open(name, currentTarget)}
                className="flex h-full min-w-0 items-center gap-1 rounded-l-md pr-1 pl-2 enabled:hover:bg-hover"
              >
                <span className="shrink-0 text-muted">{label}:</span>
                <span dir="auto" className="max-w-56 truncate">
                  {words}
                </span>
              </button>
              <button
                type="button"
                aria-label={`Remove filter ${label}: ${words}`}
                onClick={() => {
                  clear();
                  setOpenName(null);
                  add.current?.focus();
                }}
                className="grid h-full w-7 shrink-0 place-items-center rounded-r-md text-muted hover:bg-hover hover:text-ink pointer-coarse:w-11"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </span>
          ),
      )}
      <button
        ref={add}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={openName === ""}
        onClick={({ currentTarget }) => open("", currentTarget)}
        className={`${box} reach gap-1 border-dashed px-2 text-muted hover:border-line-strong hover:text-ink`}
      >
        <Plus aria-hidden className="size-4" />
        Filter
      </button>
      {openName !== null && (
        <FilterPopup
          key={openName}
          filters={filters}
          name={openName}
          anchor={anchor}
          onClose={() => setOpenName(null)}
        />
      )}
    </>
  );
}
