"use client";

import { LayoutGrid, Maximize, Rows3, Search } from "lucide-react";
import type { Ref } from "react";
import type { shows } from "@/components/board/board-filter";
import { type Board, useBoardFilter, useBoardView } from "@/components/board/use-board";
import { IconButton } from "@/components/ui/button";
import { NewsButton } from "@/components/ui/news-button";
import { Select, type SelectOption } from "@/components/ui/select";
import { formatCount, formatPhoneNumber } from "@/lib/format";

const shapes = [
  { view: "rows", label: "Rows", shortcut: "1", Icon: Rows3 },
  { view: "tiles", label: "Tiles", shortcut: "2", Icon: LayoutGrid },
  { view: "wall", label: "Wallboard", shortcut: "3", Icon: Maximize },
] as const;

/** Rows, tiles or the wallboard. */
export function ViewButtons() {
  const [current, setView] = useBoardView();
  return (
    <fieldset aria-label="Board layout" className="flex shrink-0 max-sm:order-first">
      {shapes.map(({ view, label, shortcut, Icon }) => (
        <IconButton
          key={view}
          label={label}
          shortcut={shortcut}
          aria-pressed={view === current}
          onClick={() => setView(view)}
          className="aria-pressed:bg-hover aria-pressed:text-ink pointer-coarse:size-11"
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
    </fieldset>
  );
}

const showOptions = [
  { value: "all", label: "All calls" },
  { value: "attention", label: "Needs attention" },
  { value: "mine", label: "Assigned to me" },
  { value: "ringing", label: "Ringing" },
  { value: "no-signal", label: "No signal" },
] as const satisfies readonly SelectOption<(typeof shows)[number]>[];

interface BoardToolbarProps {
  board: Board;
  searchRef: Ref<HTMLInputElement>;
}

/**
 * Filters the board, sets its layout (both kept in the URL) and applies a pending order. On a phone, search and layout
 * share a line.
 */
export function BoardToolbar({
  board: { all: calls, moved, added, updateOrder },
  searchRef,
}: BoardToolbarProps) {
  const [{ show, assistant, number, q }, setFilter] = useBoardFilter();
  const news = added > 0 ? `${added} new` : `${formatCount(moved, "call")} moved`;
  return (
    <search className="flex min-w-0 flex-wrap items-center gap-2">
      <label className="relative min-w-28 flex-1 max-sm:order-first sm:max-w-64">
        <span className="sr-only">Search live calls</span>
        <Search
          aria-hidden
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2 size-4 text-muted"
        />
        <input
          ref={searchRef}
          type="search"
          value={q}
          onChange={({ target }) => setFilter({ q: target.value || null })}
          placeholder="Search"
          className="h-8 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-base placeholder:text-muted hover:border-line-strong sm:text-sm pointer-coarse:h-11"
        />
      </label>
      <div className="flex min-w-0 items-center gap-2 max-sm:basis-full sm:contents">
        <Select
          label="Show"
          value={show}
          options={showOptions}
          onChange={(value) => setFilter({ show: value })}
        />
        <Select
          label="Assistant"
          value={assistant}
          options={withAny(
            "Any assistant",
            choices(
              calls.map((call) => call.assistantName),
              assistant,
            ),
          )}
          className="max-w-40"
          onChange={(value) => setFilter({ assistant: value || null })}
        />
        <Select
          label="Our number"
          value={number}
          options={withAny(
            "Any number",
            choices(
              calls.map((call) => call.phoneNumber),
              number,
            ),
            formatPhoneNumber,
          )}
          className="max-w-44 max-sm:hidden"
          onChange={(value) => setFilter({ number: value || null })}
        />
        <NewsButton
          count={added || moved}
          label={`${news}. Update order`}
          onShow={updateOrder}
          className="ml-auto sm:w-56"
        />
      </div>
      <ViewButtons />
    </search>
  );
}

/** Options: the calls' values, plus the chosen one if no call has it any more. */
function choices(values: readonly (string | null)[], chosen: string): string[] {
  return [...new Set([...values, chosen].flatMap((value) => value || []))].sort();
}

function withAny(any: string, values: readonly string[], toLabel = (value: string) => value): SelectOption[] {
  return [{ value: "", label: any }, ...values.map((value) => ({ value, label: toLabel(value) }))];
}
