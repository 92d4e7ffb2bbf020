import { useRef, useState } from "react";
import { fetchJson } from "@/lib/http/client";
import { type ReportRow, reportListSchema } from "@/lib/reports/columns";
import { mostAtOnce } from "@/lib/reports/filter";

/**
 * The ids of the calls that a filter asks for, in its order: all, or the first `mostAtOnce`. They are those of now; what comes in
 * later is not among them.
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
  /** Those that fit this filter, or a part of them; null: one by one. */
  params: string | null;
  isWhole: boolean;
}

const none: Choice = { ids: [], params: null, isWhole: false };

/**
 * Which calls of the archive are chosen: of those in the list, or all that fit its filter, loaded or not. With another filter, those
 * that are not in the list are chosen no more: nobody should delete what they do not see and have not asked for.
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
    // One less of all is still of this filter, listed or not.
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
    /** Whether they are all that fit the filter. */
    isWhole: isAll && choice.isWhole,
    pending,
    choose,
    chooseAll,
  };
}

export type Chosen = ReturnType<typeof useChosen>;
