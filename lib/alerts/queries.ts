import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import * as z from "zod";
import { joinAlert } from "@/lib/alerts/actions";
import { type Alert, type AlertList, actorSchema, alertListSchema } from "@/lib/alerts/alert";
import { alertRulesSchema } from "@/lib/alerts/rules";
import type { CallDetail } from "@/lib/calls/detail";
import { callDetailKey } from "@/lib/calls/queries";
import { fetchJson } from "@/lib/http/client";

const pageSize = 50;

const historyKey = ["alerts", "history"] as const;

/** All alerts, newest first, in pages. `params`: a filter as in the URL (lib/alerts/filter.ts). */
export function alertHistoryQuery(params = "") {
  return infiniteQueryOptions({
    queryKey: [...historyKey, params],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(params);
      query.set("state", "all");
      query.set("limit", String(pageSize));
      if (pageParam) query.set("cursor", pageParam);
      return fetchJson(`/api/alerts?${query}`, alertListSchema, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

const answerSchema = z.object({ rules: alertRulesSchema });

/** The alert thresholds. They may change while a page is open. */
export const alertRulesQuery = queryOptions({
  queryKey: ["alert-rules"],
  queryFn: async ({ signal }) => (await fetchJson("/api/alerts/rules", answerSchema, signal)).rules,
  staleTime: 60_000,
  refetchInterval: 60_000,
});

const assigneesSchema = z.object({ people: z.array(actorSchema) });

/** Everyone an alert can be assigned to, by name. */
export const assigneesQuery = queryOptions({
  queryKey: ["assignees"],
  queryFn: async ({ signal }) => (await fetchJson("/api/alerts/assignees", assigneesSchema, signal)).people,
  staleTime: 60_000,
});

const queryKey = ["alerts", "open"] as const;

/**
 * Alerts whose cause continues, including resolved ones, and those that were open when the page loaded. Pushes keep it current
 * (applyPushToAlerts), so it never becomes stale.
 */
export const openAlertsQuery = queryOptions({
  queryKey,
  queryFn: async ({ signal, client }): Promise<readonly Alert[]> => {
    const { alerts } = await fetchJson("/api/alerts?state=ongoing", alertListSchema, signal);
    const known = client.getQueryData<readonly Alert[]>(queryKey) ?? [];
    const { list, hasMissedEnd } = joinFetched(alerts, known);
    if (hasMissedEnd) void client.invalidateQueries({ queryKey: historyKey });
    return list;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * Merges fetched alerts with known ones: pending actions stay visible, and closed alerts stay known, because the history may be
 * older. `hasMissedEnd`: an alert closed without a push to this page.
 */
function joinFetched(fetched: readonly Alert[], known: readonly Alert[]) {
  const list = fetched.map((alert) => {
    const before = known.find(({ id }) => id === alert.id);
    return before ? joinAlert(alert, before) : alert;
  });
  const gone = known.filter(({ id }) => !fetched.some((alert) => alert.id === id));
  const closed = gone.filter(({ outcome }) => outcome !== "open");
  return { list: [...list, ...closed], hasMissedEnd: closed.length < gone.length };
}

type Patch = (alert: Alert) => Alert;

/** Patches an alert everywhere the query cache holds it: open alerts, its call, the history. */
export function patchCachedAlert(
  client: QueryClient,
  { id, callId }: Pick<Alert, "id" | "callId">,
  patch: Patch,
): void {
  const patchOne = (alert: Alert) => (alert.id === id ? patch(alert) : alert);
  const patchAll = (alerts: readonly Alert[] | undefined) => alerts?.map(patchOne);
  client.setQueryData(openAlertsQuery.queryKey, patchAll);
  client.setQueryData<CallDetail>(
    callDetailKey(callId),
    (detail) => detail && { ...detail, alerts: detail.alerts.map(patchOne) },
  );
  client.setQueriesData<InfiniteData<AlertList>>(
    { queryKey: historyKey },
    (history) =>
      history && {
        ...history,
        pages: history.pages.map((page) => ({ ...page, alerts: page.alerts.map(patchOne) })),
      },
  );
}

/** Adds an alert that only this browser's clock has found to the open ones, unless it is already there. */
export function addCachedAlert(client: QueryClient, alert: Alert): void {
  client.setQueryData(openAlertsQuery.queryKey, (alerts: readonly Alert[] | undefined) =>
    alerts?.some(({ id }) => id === alert.id) ? alerts : [alert, ...(alerts ?? [])],
  );
}
