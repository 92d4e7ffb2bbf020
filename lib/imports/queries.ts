import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/http/client";
import { importStateSchema } from "@/lib/imports/job";

const runningMs = 2_000;
const idleMs = 15_000;

/** Imports begun in the browser; asked for again and again, so that every tab shows how far one has come. */
export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => fetchJson("/api/imports", importStateSchema, signal),
  refetchInterval: ({ state }) =>
    state.data?.jobs.some((job) => job.state === "running") ? runningMs : idleMs,
});
