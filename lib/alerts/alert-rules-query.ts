import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { alertRulesSchema } from "@/lib/alerts/alert-rules";
import { fetchJson } from "@/lib/http/fetch-json";

const answerSchema = z.object({ rules: alertRulesSchema });

/** From when silence is worth a look, and from when it is an alert. Somebody may change it while a page is open. */
export const alertRulesQuery = queryOptions({
  queryKey: ["alert-rules"],
  queryFn: async ({ signal }) => (await fetchJson("/api/alerts/rules", answerSchema, signal)).rules,
  staleTime: 60_000,
  refetchInterval: 60_000,
});
