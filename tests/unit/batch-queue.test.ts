import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createBatchQueue } from "@/lib/batch-queue";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Item = { key: string; count: number };
const of = (key: string, count = 1): Item => ({ key, count });

/** A queue whose flushes end when the test decides. */
function setUp(isFirstAtOnce: boolean | "overlapping" = false) {
  const flushes: { items: Item[]; finish: () => void; fail: () => void }[] = [];
  const lost: (readonly Item[])[] = [];
  const queue = createBatchQueue<Item>({
    keyOf: ({ key }) => key,
    join: (earlier, later) => ({ ...later, count: earlier.count + later.count }),
    windowMs: 100,
    isFirstAtOnce,
    flush: (items) =>
      new Promise((finish, reject) => flushes.push({ items, finish, fail: () => reject(new Error("gone")) })),
    onFailure: (_, items) => lost.push(items),
  });
  return { queue, flushes, lost };
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe("batch queue", () => {
  test("items of one window are flushed together, and items with the same key are merged", async () => {
    const { queue, flushes } = setUp();
    void queue.add(of("a"));
    await pass(99);
    void queue.add(of("b"));
    void queue.add(of("a", 2));
    expect([queue.size, queue.has("a"), queue.has("c"), flushes.length]).toEqual([2, true, false, 0]);
    await pass(1);
    expect(flushes.map(({ items }) => items)).toEqual([[of("a", 3), of("b")]]);
    expect(queue.size).toBe(0);
  });

  test("an item resolves when its own batch is flushed", async () => {
    const { queue, flushes } = setUp();
    const done: string[] = [];
    void queue.add(of("a")).then(() => done.push("a"));
    await pass(100);
    void queue.add(of("b")).then(() => done.push("b"));
    await pass(100);
    expect(flushes.length).toBe(2);
    flushes[1]?.finish();
    await pass();
    expect(done).toEqual(["b"]);
    flushes[0]?.finish();
    await pass();
    expect(done).toEqual(["b", "a"]);
  });

  test("a failed flush loses only its own items, reports them once, and rejects no promise", async () => {
    const { queue, flushes, lost } = setUp();
    const added = queue.add(of("a"));
    await pass(100);
    flushes[0]?.fail();
    await added;
    expect(lost).toEqual([[of("a")]]);
    void queue.add(of("b"));
    await pass(100);
    expect(flushes[1]?.items).toEqual([of("b")]);
  });
});

describe("batch queue: a single item at once", () => {
  test("is flushed without delay, and later items are flushed together after it", async () => {
    const { queue, flushes } = setUp(true);
    void queue.add(of("a"));
    expect(flushes.map(({ items }) => items)).toEqual([[of("a")]]);
    for (const key of ["b", "c"]) void queue.add(of(key));
    await pass(1_000);
    expect(flushes.length).toBe(1);
    flushes[0]?.finish();
    await pass(99);
    void queue.add(of("d"));
    expect(flushes.length).toBe(1);
    await pass(1);
    expect(flushes[1]?.items).toEqual([of("b"), of("c"), of("d")]);
  });

  test("resolves once everything is flushed, and the next item is again flushed at once", async () => {
    const { queue, flushes } = setUp(true);
    const first = queue.add(of("a"));
    void queue.add(of("b"));
    flushes[0]?.finish();
    await pass();
    expect(flushes[1]?.items).toEqual([of("b")]);
    flushes[1]?.finish();
    await first;
    void queue.add(of("c"));
    expect(flushes[2]?.items).toEqual([of("c")]);
  });
});

describe("batch queue: a single item at once, with overlapping flushes", () => {
  test("items added in the same tick are flushed together at once", async () => {
    const { queue, flushes } = setUp("overlapping");
    for (const key of ["a", "b"]) void queue.add(of(key));
    await pass(1);
    expect(flushes.map(({ items }) => items)).toEqual([[of("a"), of("b")]]);
  });

  test("later items are collected until the window ends, even if the first flush is still running", async () => {
    const { queue, flushes } = setUp("overlapping");
    void queue.add(of("a"));
    await pass(10);
    for (const key of ["b", "c"]) void queue.add(of(key));
    await pass(80);
    expect(flushes).toHaveLength(1);
    await pass(20);
    expect(flushes[1]?.items).toEqual([of("b"), of("c")]);
    await pass(100);
    void queue.add(of("d"));
    await pass(1);
    expect(flushes[2]?.items).toEqual([of("d")]);
  });
});
