import { fetchJson } from "@/lib/http/client";
import { reportListSchema } from "@/lib/reports/columns";
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
