"use client";

import { Search } from "lucide-react";
import { type Ref, useRef } from "react";
import { useTyped } from "@/components/filters/use-typed";

interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  ref: Ref<HTMLInputElement>;
}

/** A pause this long means typing has stopped. */
const pauseMs = 250;

/** Search field that reports its trimmed text when typing pauses or the field is left, so that half a word is not searched for. */
export function SearchField({ value, onChange, ref }: SearchFieldProps) {
  const { typed, setTyped, setSaid } = useTyped(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function apply(text: string) {
    clearTimeout(timer.current);
    const words = text.trim();
    if (words === value) return;
    setSaid(words);
    onChange(words);
  }

  function type(text: string) {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(apply, pauseMs, text);
  }

  return (
    <label className="relative min-w-64 flex-1 sm:max-w-96">
      <span className="sr-only">Search reports</span>
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2 my-auto size-4 text-muted"
      />
      <input
        ref={ref}
        type="search"
        value={typed}
        onChange={({ target }) => type(target.value)}
        // Before the click that follows, such as one that clears all filters, would be undone by it.
        onBlur={({ target }) => apply(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === "Enter") apply(currentTarget.value);
          if (key === "Escape") currentTarget.blur();
        }}
        maxLength={200}
        placeholder="Search name, number or words"
        className="h-8 w-full pointer-coarse:h-11 rounded-md border border-line bg-surface pr-2 pl-8 text-sm placeholder:text-muted hover:border-line-strong"
      />
    </label>
  );
}
