"use client";

import { SlidersHorizontal } from "lucide-react";
import { type Ref, useState } from "react";
import { useEventSearch } from "@/components/events/use-event-log";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Select, toOptions } from "@/components/ui/select";
import { outcomes } from "@/lib/calls/report";
import { lasts } from "@/lib/events/event";

/** The look of a field of the filter bar. */
export const filterBox =
  "h-8 min-w-0 rounded-md border border-line bg-surface px-2 text-ink text-sm placeholder:text-muted hover:border-line-strong";

/** A moment of the filter, in UTC as it stands in the URL. */
export function MomentFilter({ name, label }: { name: "from" | "to"; label: string }) {
  const { search, set } = useEventSearch();
  return (
    <label className="flex min-w-0 items-center gap-1.5 text-muted text-xs">
      {label}
      <input
        type="datetime-local"
        value={search[name]}
        onChange={({ target }) => set({ [name]: target.value || null })}
        className={filterBox}
      />
    </label>
  );
}

interface TextFilterProps {
  name: "type" | "callId" | "conversation";
  label: string;
  className: string;
  /** The id of a datalist, and the words in it: choosing one is enough. */
  list?: string;
  known?: readonly string[];
  ref?: Ref<HTMLInputElement>;
}

/** A text of the filter. It counts once it is finished: by Enter, by leaving the field, or by choosing a known one. */
export function TextFilter({ name, label, className, list, known, ref }: TextFilterProps) {
  const { search, set } = useEventSearch();
  const apply = (text: string) => text.trim() !== search[name] && set({ [name]: text.trim() || null });
  return (
    <input
      // Whoever else changes the filter changes what stands here.
      key={search[name]}
      ref={ref}
      type="search"
      aria-label={label}
      placeholder={label}
      list={list}
      defaultValue={search[name]}
      onChange={({ target: { value } }) => (value === "" || known?.includes(value)) && apply(value)}
      onBlur={({ target }) => apply(target.value)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && apply(currentTarget.value)}
      className={`${filterBox} ${className}`}
    />
  );
}

interface EventFiltersProps {
  /** The types Earshot has a handler for. */
  types: readonly string[];
  typeRef: Ref<HTMLInputElement>;
}

const outcomeOptions = [
  { value: "", label: "Any outcome" },
  ...outcomes.map((value) => ({ value, label: value })),
];

const lastOptions = toOptions({
  "": "Any time",
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "1d": "Last day",
  "7d": "Last 7 days",
} satisfies Record<"" | (typeof lasts)[number], string>);

/** Narrows the event log. All of it stands in the URL. */
export function EventFilters({ types, typeRef }: EventFiltersProps) {
  const { search, isNarrowed, set, clear } = useEventSearch();
  const [isUnfolded, setUnfolded] = useState(search.from !== "" || search.to !== "");
  return (
    <search className="flex min-w-0 grow flex-wrap items-center gap-2">
      <TextFilter
        name="type"
        label="Any type"
        list="event-types"
        known={types}
        ref={typeRef}
        className="min-w-24 grow sm:max-w-48"
      />
      <datalist id="event-types">
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      <Select
        label="Outcome"
        value={search.outcome}
        options={outcomeOptions}
        onChange={(value) => set({ outcome: outcomes.find((outcome) => outcome === value) ?? null })}
      />
      <div className={classNames("contents", !isUnfolded && "max-sm:hidden")}>
        <Select
          label="When"
          value={search.last}
          options={lastOptions}
          onChange={(value) => set({ last: lasts.find((last) => last === value) ?? null })}
        />
        <TextFilter name="callId" label="Call id" className="w-36" />
        <TextFilter name="conversation" label="Conversation" className="w-36" />
      </div>
      {isUnfolded && (
        <>
          <MomentFilter name="from" label="From (UTC)" />
          <MomentFilter name="to" label="To (UTC)" />
        </>
      )}
      <Button
        size="small"
        className="h-8"
        aria-expanded={isUnfolded}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        <SlidersHorizontal aria-hidden /> More
      </Button>
      {isNarrowed && (
        <Button look="quiet" size="small" onClick={clear}>
          Clear
        </Button>
      )}
    </search>
  );
}
