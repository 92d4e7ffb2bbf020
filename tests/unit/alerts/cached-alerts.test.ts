import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, test, vi } from "vitest";
import { noActions } from "@/lib/alerts/alert";
import {
  addCachedAlert,
  alertHistoryQuery,
  alertRulesQuery,
  assigneesQuery,
  openAlertsQuery,
  patchCachedAlert,
} from "@/lib/alerts/queries";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeAlert } from "@/tests/support/makers/make-alert";
import { makeDetail } from "@/tests/support/makers/make-detail";

const alert = makeAlert();
const other = makeAlert({ since: atSecond(2) });
const amy = { id: "amy", name: "Amy" };
const acknowledged = {
  ...noActions,
  acknowledged: { by: amy, at: atSecond(13) },
  log: [{ kind: "acknowledge" as const, by: amy, at: atSecond(13), text: null, assignee: null }],
};
const acknowledge = (found: typeof alert) => ({ ...found, acts: acknowledged });

afterEach(() => vi.unstubAllGlobals());

describe("a cached alert", () => {
  test("is updated in every list that shows it, and no other alert changes", () => {
    const client = new QueryClient();
    client.setQueryData(openAlertsQuery.queryKey, [other, alert]);
    client.setQueryData(callDetailQuery(alert.callId).queryKey, makeDetail({ alerts: [alert, other] }));
    client.setQueryData(alertHistoryQuery().queryKey, {
      pages: [
        { alerts: [other], nextCursor: "next" },
        { alerts: [alert], nextCursor: null },
      ],
      pageParams: ["", "next"],
    });

    patchCachedAlert(client, alert, acknowledge);

    const changed = acknowledge(alert);
    expect(client.getQueryData(openAlertsQuery.queryKey)).toEqual([other, changed]);
    const detail = client.getQueryData(callDetailQuery(alert.callId).queryKey);
    expect(detail).toEqual(makeDetail({ alerts: [changed, other] }));
    expect(client.getQueryData(alertHistoryQuery().queryKey)).toEqual({
      pages: [
        { alerts: [other], nextCursor: "next" },
        { alerts: [changed], nextCursor: null },
      ],
      pageParams: ["", "next"],
    });
  });

  test("is not added to a list that was never loaded", () => {
    const client = new QueryClient();
    patchCachedAlert(client, alert, acknowledge);
    expect(client.getQueryData(openAlertsQuery.queryKey)).toBeUndefined();
    expect(client.getQueryData(callDetailQuery(alert.callId).queryKey)).toBeUndefined();
    expect(client.getQueryData(alertHistoryQuery().queryKey)).toBeUndefined();
  });

  test("raised by the browser's clock is listed first, and adding it again changes nothing", () => {
    const client = new QueryClient();
    addCachedAlert(client, other);
    expect(client.getQueryData(openAlertsQuery.queryKey)).toEqual([other]);
    addCachedAlert(client, alert);
    addCachedAlert(client, acknowledge(alert));
    expect(client.getQueryData(openAlertsQuery.queryKey)).toEqual([alert, other]);
  });
});

/** Answers every request of this browser with `body`, and records the requests. */
function answerWith(body: object): URL[] {
  const asked: URL[] = [];
  vi.stubGlobal("fetch", async (input: string | URL | Request) => {
    asked.push(new URL(input instanceof Request ? input.url : String(input), "http://earshot.test"));
    return Response.json(body);
  });
  return asked;
}

test("alerts: refetching open alerts keeps actions that are still being sent", async () => {
  const client = new QueryClient();
  client.setQueryData(openAlertsQuery.queryKey, [acknowledge(alert)]);
  const later = { ...alert, callVersion: 5, hangs: 2 };
  const asked = answerWith({ alerts: [other, later], nextCursor: null });
  const fetched = await client.fetchQuery({ ...openAlertsQuery, staleTime: 0 });
  expect(fetched).toEqual([other, acknowledge(later)]);
  expect(asked.map(({ pathname, search }) => pathname + search)).toEqual(["/api/alerts?state=ongoing"]);
});

test("alerts: an alert that closed after the page loaded stays cached when open alerts are refetched", async () => {
  const client = new QueryClient();
  const closed = { ...alert, closedAt: atSecond(20), outcome: "recovered" as const };
  client.setQueryData(openAlertsQuery.queryKey, [closed]);
  client.setQueryData(alertHistoryQuery().queryKey, { pages: [], pageParams: [] });
  answerWith({ alerts: [other], nextCursor: null });
  expect(await client.fetchQuery({ ...openAlertsQuery, staleTime: 0 })).toEqual([other, closed]);
  expect(client.getQueryState(alertHistoryQuery().queryKey)?.isInvalidated).toBe(false);
});

test("alerts: an open alert that a refetch no longer lists, without a push about it, invalidates the history", async () => {
  const client = new QueryClient();
  client.setQueryData(openAlertsQuery.queryKey, [alert, other]);
  client.setQueryData(alertHistoryQuery().queryKey, { pages: [], pageParams: [] });
  client.setQueryData(assigneesQuery.queryKey, [amy]);
  answerWith({ alerts: [other], nextCursor: null });
  expect(await client.fetchQuery({ ...openAlertsQuery, staleTime: 0 })).toEqual([other]);
  expect(client.getQueryState(alertHistoryQuery().queryKey)?.isInvalidated).toBe(true);
  expect(client.getQueryState(assigneesQuery.queryKey)?.isInvalidated).toBe(false);
});

test("alerts: an alert known to be closed is listed once, even if an older response still lists it as open", async () => {
  const client = new QueryClient();
  const closed = { ...alert, callVersion: 5, closedAt: atSecond(20), outcome: "recovered" as const };
  client.setQueryData(openAlertsQuery.queryKey, [other, closed]);
  client.setQueryData(alertHistoryQuery().queryKey, { pages: [], pageParams: [] });
  answerWith({ alerts: [other, alert], nextCursor: null });
  expect(await client.fetchQuery({ ...openAlertsQuery, staleTime: 0 })).toEqual([other, closed]);
  expect(client.getQueryState(alertHistoryQuery().queryKey)?.isInvalidated).toBe(false);
});

test("alerts: the first fetch of open alerts returns the server's list", async () => {
  answerWith({ alerts: [other, alert], nextCursor: null });
  expect(await new QueryClient().fetchQuery(openAlertsQuery)).toEqual([other, alert]);
});

test("alerts: rules and possible assignees are fetched from their own URLs", async () => {
  const client = new QueryClient();
  const rules = alertRulesSetting.initial;
  const asked = answerWith({ rules, people: [amy] });
  expect(await client.fetchQuery(alertRulesQuery)).toEqual(rules);
  expect(await client.fetchQuery(assigneesQuery)).toEqual([amy]);
  expect(asked.map(({ pathname }) => pathname)).toEqual(["/api/alerts/rules", "/api/alerts/assignees"]);
});

test("alerts: the history is fetched page by page until the last", async () => {
  const client = new QueryClient();
  const asked = answerWith({ alerts: [alert], nextCursor: "1767524032688_x~1" });
  const { pages } = await client.fetchInfiniteQuery({ ...alertHistoryQuery(), pages: 2 });
  expect(pages).toHaveLength(2);
  expect(asked.map(({ searchParams }) => searchParams.get("cursor"))).toEqual([null, "1767524032688_x~1"]);
  for (const { searchParams } of asked) expect(searchParams.get("state")).toBe("all");
  expect(alertHistoryQuery().getNextPageParam({ alerts: [], nextCursor: null }, [], "", [])).toBeNull();
});
