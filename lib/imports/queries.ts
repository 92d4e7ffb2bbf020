import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { importStateSchema } from "@/lib/imports/job";

const runningMs = 2_000;
const idleMs = 15_000;

/** Imports started in the browser, polled so that every tab shows their progress. */
export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => fetchJson("/api/imports", importStateSchema, signal),
  refetchInterval: ({ state }) =>
    state.data?.jobs.some((job) => job.state === "running") ? runningMs : idleMs,
});
