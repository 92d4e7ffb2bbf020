import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { actorSchema } from "@/lib/alerts/alert-acts";
import { fetchJson } from "@/lib/http/fetch-json";

const answerSchema = z.object({ people: z.array(actorSchema) });

/** Everybody an alert can be given to, by name. */
export const assigneesQuery = queryOptions({
  queryKey: ["assignees"],
  queryFn: async ({ signal }) => (await fetchJson("/api/alerts/assignees", answerSchema, signal)).people,
  staleTime: 60_000,
});
