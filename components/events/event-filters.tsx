"use client";

import { Search } from "lucide-react";
import type { Ref } from "react";
import { useEventSearch } from "@/components/events/use-event-log";
import { type FilterChip, FilterChips, type FilterEditor } from "@/components/filters/filter-chips";
import { useTyped } from "@/components/filters/use-typed";
import { type SelectOption, toOptions } from "@/components/ui/select";
import { outcomes } from "@/lib/calls/report";
import { lasts } from "@/lib/events/event";

const outcomeOptions = outcomes.map((value) => ({
  value,
  label: `${value.charAt(0).toUpperCase()}${value.slice(1)}`,
}));

const lastOptions = toOptions({
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "1d": "Last day",
  "7d": "Last 7 days",
} satisfies Record<(typeof lasts)[number], string>);

const texts = [
  { name: "callId", label: "Call ID", type: "text" },
  { name: "conversation", label: "Conversation", type: "text" },
  { name: "from", label: "From (UTC)", type: "datetime-local" },
  { name: "to", label: "To (UTC)", type: "datetime-local" },
] as const;

/** The log's filters apart from its search field. */
function useEventChips(): FilterChip[] {
  const { search, set } = useEventSearch();
  const one = (value: string, options: readonly SelectOption[], onChange: (value: string | null) => void) =>
    ({ kind: "one", options, value: value || null, onChange }) satisfies FilterEditor;
  const labelOf = (value: string, options: readonly SelectOption[]) =>
    options.find((option) => option.value === value)?.label ?? null;
  return [
    {
      name: "outcome",
      label: "Outcome",
      words: labelOf(search.outcome, outcomeOptions),
      editor: one(search.outcome, outcomeOptions, (value) =>
        set({ outcome: outcomes.find((outcome) => outcome === value) ?? null }),
      ),
      clear: () => set({ outcome: null }),
    },
    {
      name: "last",
      label: "Received",
      words: labelOf(search.last, lastOptions),
      editor: one(search.last, lastOptions, (value) =>
        set({ last: lasts.find((last) => last === value) ?? null }),
      ),
      clear: () => set({ last: null }),
    },
    ...texts.map(
      ({ name, label, type }): FilterChip => ({
        name,
        label,
        words: search[name].replace("T", " ") || null,
        editor: {
          kind: "text",
          type,
          value: search[name],
          onChange: (value) => set({ [name]: value || null }),
        },
        clear: () => set({ [name]: null }),
      }),
    ),
  ];
}

interface EventFiltersProps {
  /** The types Earshot has a handler for. */
  types: readonly string[];
  typeRef: Ref<HTMLInputElement>;
}

/** Filters the event log. All of it is kept in the URL. */
export function EventFilters({ types, typeRef }: EventFiltersProps) {
  const { search, set } = useEventSearch();
  const chips = useEventChips();
  const { typed, setTyped, setSaid } = useTyped(search.type);

  /** Applies the typed type on Enter, on blur, or when a known one is picked. */
  function apply(text: string) {
    const type = text.trim();
    if (type === search.type) return;
    setSaid(type);
    set({ type: type || null });
  }

  return (
    <search className="flex min-w-0 grow flex-wrap items-center gap-2 max-sm:order-last max-sm:basis-full">
      <label className="relative min-w-40 grow sm:max-w-72">
        <span className="sr-only">Search by type</span>
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 text-muted"
        />
        <input
          ref={typeRef}
          type="search"
          placeholder="Search by type"
          list="event-types"
          value={typed}
          onChange={({ target: { value } }) => {
            setTyped(value);
            if (value === "" || types.includes(value)) apply(value);
          }}
          onBlur={({ target }) => apply(target.value)}
          onKeyDown={({ key, currentTarget }) => key === "Enter" && apply(currentTarget.value)}
          className="h-8 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-base placeholder:text-muted hover:border-line-strong sm:text-sm pointer-coarse:h-11"
        />
      </label>
      <datalist id="event-types">
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      <FilterChips filters={chips} />
    </search>
  );
}
