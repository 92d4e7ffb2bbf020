import { useRef, useState } from "react";
import { fetchJson } from "@/lib/http/client";
import { type ReportRow, reportListSchema } from "@/lib/reports/columns";
import { mostAtOnce } from "@/lib/reports/filter";

/**
 * Returns the IDs of the calls that match a filter, in its order: all, or the first `mostAtOnce`. Calls that arrive
 * later are not included.
 *
 * @throws what fetchJson throws
 */
export async function fetchAllIds(params: string, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  const query = new URLSearchParams(params);
  query.set("limit", "200");
  for (;;) {
    const { reports, nextCursor } = await fetchJson(`/api/reports?${query}`, reportListSchema, signal);
    ids.push(...reports.map(({ call }) => call.id));
    if (nextCursor === null || ids.length >= mostAtOnce) return ids.slice(0, mostAtOnce);
    query.set("cursor", nextCursor);
  }
}

interface Choice {
  ids: readonly string[];
  /** The filter whose matches are selected, all or some; null if calls were selected one by one. */
  params: string | null;
  isWhole: boolean;
}

const none: Choice = { ids: [], params: null, isWhole: false };

/**
 * Selected calls of the archive: some in the list, or all that match its filter, loaded or not. After a change of
 * filter, calls that are not in the list are deselected, so that no one deletes calls they neither see nor asked for.
 */
export function useChosen(params: string, rows: readonly ReportRow[]) {
  const [choice, setChoice] = useState(none);
  const [pending, setPending] = useState<"no" | "yes" | "failed">("no");
  const asking = useRef<AbortController | null>(null);
  const isAll = choice.params === params;
  const listed = new Set(rows.map(({ call }) => call.id));

  function choose(ids: readonly string[]) {
    asking.current?.abort();
    setPending("no");
    // All minus one still belongs to this filter, listed or not.
    const isPart = isAll && ids.length > 0;
    setChoice({ ids, params: isPart ? params : null, isWhole: false });
  }

  async function chooseAll() {
    asking.current?.abort();
    const own = new AbortController();
    asking.current = own;
    setPending("yes");
    try {
      const ids = await fetchAllIds(params, own.signal);
      setChoice({ ids, params, isWhole: ids.length < mostAtOnce });
      setPending("no");
    } catch {
      if (!own.signal.aborted) setPending("failed");
    }
  }

  return {
    ids: isAll ? choice.ids : choice.ids.filter((id) => listed.has(id)),
    /** Whether they are all the calls that match the filter. */
    isWhole: isAll && choice.isWhole,
    pending,
    choose,
    chooseAll,
  };
}

export type Chosen = ReturnType<typeof useChosen>;
