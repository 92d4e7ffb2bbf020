import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type HealthPeriod, healthDetailSchema } from "@/lib/health/detail";
import { fetchJson } from "@/lib/http/client";

const pollMs = 5_000;

/** Earshot's own health, polled while the page is open. */
export function healthQuery(period: HealthPeriod) {
  return queryOptions({
    queryKey: ["health", period],
    queryFn: ({ signal }) => fetchJson(`/api/health/detail?period=${period}`, healthDetailSchema, signal),
    refetchInterval: pollMs,
    placeholderData: keepPreviousData,
  });
}
