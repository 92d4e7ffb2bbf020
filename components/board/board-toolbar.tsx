"use client";

import { LayoutGrid, Maximize, Rows3, Search } from "lucide-react";
import type { Ref } from "react";
import { shows } from "@/components/board/board-filter";
import { useBoardFilter, useBoardView } from "@/components/board/use-board";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { Call } from "@/lib/calls/call";
import { formatPhoneNumber } from "@/lib/format";

const shapes = [
  { view: "rows", label: "Rows", shortcut: "1", Icon: Rows3 },
  { view: "tiles", label: "Tiles", shortcut: "2", Icon: LayoutGrid },
  { view: "wall", label: "Wallboard", shortcut: "3", Icon: Maximize },
] as const;

/** Rows, tiles or the wallboard. */
export function ViewButtons() {
  const [current, setView] = useBoardView();
  return (
    <fieldset aria-label="Shape of the board" className="ml-auto flex">
      {shapes.map(({ view, label, shortcut, Icon }) => (
        <IconButton
          key={view}
          label={label}
          shortcut={shortcut}
          aria-pressed={view === current}
          onClick={() => setView(view)}
          className="aria-pressed:bg-hover aria-pressed:text-ink"
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
    </fieldset>
  );
}

interface BoardToolbarProps {
  calls: readonly Call[];
  searchRef: Ref<HTMLInputElement>;
}

/** Narrows the board and changes its shape. All of it stands in the URL. */
export function BoardToolbar({ calls, searchRef }: BoardToolbarProps) {
  const [{ show, assistant, number, q }, setFilter] = useBoardFilter();
  return (
    <search className="flex min-w-0 flex-wrap items-center gap-2">
      <Select
        label="Which calls"
        value={show}
        onChange={({ target }) => setFilter({ show: shows.find((each) => each === target.value) ?? null })}
      >
        <option value="all">All calls</option>
        <option value="attention">Needs attention</option>
        <option value="mine">Assigned to me</option>
        <option value="ringing">Ringing</option>
        <option value="no-signal">No signal</option>
      </Select>
      <Select
        label="Assistant"
        value={assistant}
        className="max-w-32"
        onChange={({ target }) => setFilter({ assistant: target.value || null })}
      >
        <option value="">Any assistant</option>
        {choices(
          calls.map((call) => call.assistantName),
          assistant,
        ).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Select
        label="Our number"
        value={number}
        className="max-w-32 max-sm:hidden"
        onChange={({ target }) => setFilter({ number: target.value || null })}
      >
        <option value="">Any number</option>
        {choices(
          calls.map((call) => call.phoneNumber),
          number,
        ).map((each) => (
          <option key={each} value={each}>
            {formatPhoneNumber(each)}
          </option>
        ))}
      </Select>
      <label className="relative min-w-28 flex-1 sm:max-w-64">
        <span className="sr-only">Search the live calls</span>
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
        <input
          ref={searchRef}
          type="search"
          value={q}
          onChange={({ target }) => setFilter({ q: target.value || null })}
          placeholder="Search"
          className="h-8 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-sm placeholder:text-muted hover:border-line-strong"
        />
      </label>
      <ViewButtons />
    </search>
  );
}

/** What can be chosen: what the calls have, and what is chosen although no call has it any more. */
function choices(values: readonly (string | null)[], chosen: string): string[] {
  return [...new Set([...values, chosen].flatMap((value) => value || []))].sort();
}
