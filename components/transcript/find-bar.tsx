"use client";

import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { type Bubble, type CallMoment, describeMark } from "@/lib/calls/transcript";
import { describeAction } from "@/lib/control/describe";

type Item = Bubble | CallMoment;

interface FindBarProps {
  items: readonly Item[];
  /** Epoch ms: scrolls a moment into view. */
  onFind: (at: number) => void;
}

/** Searches a transcript that is only partly in the DOM, where the browser's own search cannot find the rest. */
export function FindBar({ items, onFind }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const [place, setPlace] = useState<number | null>(null);
  const wanted = query.trim().toLowerCase();
  const found = wanted === "" ? [] : items.filter((item) => textOf(item).toLowerCase().includes(wanted));

  useEffect(() => {
    // Pressed again in the field, the shortcut opens the browser's own search.
    function onKey(event: globalThis.KeyboardEvent) {
      const isFind = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "f";
      if (!isFind || document.activeElement === field.current) return;
      event.preventDefault();
      field.current?.select();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  function step(by: 1 | -1) {
    if (found.length === 0) return;
    const next =
      place === null ? (by > 0 ? 0 : found.length - 1) : (place + by + found.length) % found.length;
    setPlace(next);
    const item = found[next];
    if (item) onFind(Date.parse(item.at));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }

  return (
    <search className="flex items-center gap-1 border-line border-b bg-surface px-3 py-1 sm:px-4">
      <Search aria-hidden className="size-4 shrink-0 text-muted" />
      <input
        ref={field}
        type="search"
        aria-label="Find in transcript"
        placeholder="Find in transcript"
        value={query}
        maxLength={200}
        onChange={({ target }) => {
          setQuery(target.value);
          setPlace(null);
        }}
        onKeyDown={onKeyDown}
        className="h-8 min-w-0 grow bg-transparent px-1 text-sm outline-none placeholder:text-muted"
      />
      <span role="status" className="whitespace-nowrap text-muted text-xs">
        {wanted !== "" &&
          (found.length === 0 ? "No results" : `${place === null ? 0 : place + 1} of ${found.length}`)}
      </span>
      <IconButton
        label="Previous result"
        shortcut="⇧ Enter"
        onClick={() => step(-1)}
        disabled={found.length === 0}
      >
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label="Next result" shortcut="Enter" onClick={() => step(1)} disabled={found.length === 0}>
        <ChevronDown aria-hidden />
      </IconButton>
    </search>
  );
}

function textOf(item: Item): string {
  if (item.kind === "bubble") return `${item.text} ${item.partial ?? ""}`;
  if (item.what === "mark") return describeMark(item.mark);
  if (item.what === "action") return describeAction(item.action);
  const { name, result, error } = item.toolCall;
  return `${name} ${error ?? result ?? ""}`;
}
