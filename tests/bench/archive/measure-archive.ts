import { performance } from "node:perf_hooks";
import type { Database } from "@/db/client";
import { countReports } from "@/db/queries/reports/count";
import { listReports } from "@/db/queries/reports/list";
import { getAnalytics } from "@/lib/analytics/server/figures";
import { reportQuerySchema } from "@/lib/reports/filter";
import type { Questions } from "./draw-questions";

export type Kind =
  | "list"
  | "deep page"
  | "filter"
  | "count"
  | "text"
  | "text, masked"
  | "count of text"
  | "analytics";

/** Measures each question in milliseconds, by kind. All are asked once to warm up, then measured one at a time. */
export async function measureArchive(
  db: Database,
  drawn: Questions,
  report: (words: string) => void,
): Promise<[Kind, number[]][]> {
  const all = { isMasked: false };
  const deep = await goDeep(db);
  const kinds: [Kind, (() => Promise<unknown>)[]][] = [
    ["list", drawn.list.map((query) => () => listReports(db, query, all))],
    ["deep page", deep.map((query) => () => listReports(db, query, all))],
    ["filter", drawn.filter.map((query) => () => listReports(db, query, all))],
    ["count", [...drawn.list, ...drawn.filter].map((query) => () => countReports(db, query, all))],
    ["text", drawn.text.map((query) => () => listReports(db, query, all))],
    ["text, masked", drawn.text.map((query) => () => listReports(db, query, { isMasked: true }))],
    ["count of text", drawn.text.map((query) => () => countReports(db, query, all))],
    ["analytics", drawn.analytics.map((filter) => () => getAnalytics(db, { zone: "UTC", ...filter }))],
  ];
  const measured: [Kind, number[]][] = [];
  for (const [kind, asks] of kinds) {
    report(`asking: ${kind}`);
    for (const ask of asks) await ask();
    const times: number[] = [];
    for (const ask of asks) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    measured.push([kind, times]);
  }
  return measured;
}

/** Returns queries for pages far down, which should cost the same as the first. */
async function goDeep(db: Database) {
  const first = reportQuerySchema.parse({ limit: "200" });
  const queries = [first];
  for (let page = 0; page < 20; page += 1) {
    const { nextCursor } = await listReports(db, queries.at(-1) ?? first, { isMasked: false });
    if (nextCursor === null) break;
    queries.push(reportQuerySchema.parse({ limit: "200", cursor: nextCursor }));
  }
  return queries.map((query) => ({ ...query, limit: 50 }));
}
