import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import type { CallDetail } from "@/lib/calls/detail";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { createQueryFeed } from "@/lib/realtime/client/query-feed";
import type { Push } from "@/lib/realtime/push";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";

const queryKey = ["detail"];
const at = (version: number) => makeDetail({ call: makeCall({ version }) });
const push = (version: number, previousVersion = version - 1): Push => ({
  kind: "call",
  call: makeCall({ version }),
  previousVersion,
});

/** A page that observes the query, with a server whose responses arrive when the test decides. */
function open() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const asked: { answer: (detail: CallDetail) => void; fail: (why: Error) => void }[] = [];
  const queryFn = () => new Promise<CallDetail>((answer, fail) => asked.push({ answer, fail }));
  const page = new QueryObserver(client, {
    queryKey,
    queryFn,
    staleTime: Number.POSITIVE_INFINITY,
    initialData: at(4),
  });
  const leave = page.subscribe(() => {});
  const heard = { answers: 0 };
  const feed = createQueryFeed(client, queryKey, applyPushToDetail, () => {
    heard.answers += 1;
  });
  closing.push(leave, feed.stop, () => client.clear());
  return {
    client,
    asked,
    feed,
    heard,
    version: () => client.getQueryData<CallDetail>(queryKey)?.call.version,
  };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

test("query feed: consecutive pushes reach the cache without a fetch", async () => {
  const { feed, asked, version } = open();
  feed.push(push(5));
  feed.push(push(6));
  await vi.waitFor(() => expect(version()).toBe(6));
  expect(asked).toHaveLength(0);
});

test("query feed: a gap between versions triggers a fetch", async () => {
  const { feed, asked, version } = open();
  feed.push(push(9));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(at(9));
  await vi.waitFor(() => expect(version()).toBe(9));
});

test("query feed: a response older than a push received during the fetch does not undo the push", async () => {
  const { feed, asked, version } = open();
  feed.refetch();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  feed.push(push(5));
  await vi.waitFor(() => expect(version()).toBe(5));
  asked[0]?.answer(at(4));
  await vi.waitFor(() => expect(version()).toBe(5));
  expect(asked).toHaveLength(1);
});

test("query feed: a response that leaves a gap before a push received during the fetch triggers another fetch", async () => {
  const { feed, asked, version } = open();
  feed.refetch();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  feed.push(push(7));
  await vi.waitFor(() => expect(version()).toBe(7));
  asked[0]?.answer(at(5));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.answer(at(7));
  await vi.waitFor(() => expect(version()).toBe(7));
});

test("query feed: two rejoins during a fetch cause only one more fetch", async () => {
  const { feed, asked, client } = open();
  feed.refetch();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  feed.refetch();
  feed.refetch();
  asked[0]?.answer(at(4));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.answer(at(5));
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  expect(asked).toHaveLength(2);
});

test("query feed: a successful fetch counts as a response; a push, a local change and a failed fetch do not", async () => {
  const { feed, asked, client, heard, version } = open();
  feed.push(push(5));
  await vi.waitFor(() => expect(version()).toBe(5));
  client.setQueryData(queryKey, at(6));
  void client.refetchQueries({ queryKey });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.fail(new Error("no network"));
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  expect(heard.answers).toBe(0);
  void client.refetchQueries({ queryKey });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.answer(at(6));
  await vi.waitFor(() => expect(heard.answers).toBe(1));
});

test("query feed: a single push is shown at once, and the pushes that follow it are shown together", async () => {
  vi.useFakeTimers();
  try {
    const { feed, client, version } = open();
    let changes = 0;
    closing.push(client.getQueryCache().subscribe(({ type }) => (changes += type === "updated" ? 1 : 0)));
    feed.push(push(5));
    vi.advanceTimersByTime(0);
    expect(version()).toBe(5);
    for (const next of [6, 7, 8]) {
      feed.push(push(next));
      vi.advanceTimersByTime(10);
    }
    expect([version(), changes]).toEqual([5, 1]);
    vi.advanceTimersByTime(10);
    expect([version(), changes]).toEqual([8, 2]);
  } finally {
    vi.useRealTimers();
  }
});
