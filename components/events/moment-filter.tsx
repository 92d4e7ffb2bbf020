"use client";

import { filterBox } from "@/components/events/filter-box";
import { useEventSearch } from "@/components/events/use-event-search";

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
