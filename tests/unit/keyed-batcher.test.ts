import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createKeyedBatcher } from "@/lib/keyed-batcher";

/** Work that finishes when the test decides. */
function startWork(keyOf: (item: string) => string = (item) => item) {
  const begun: { items: string[]; finish: () => void; fail: () => void }[] = [];
  const work = (items: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      const finish = () => resolve(items.map((item) => `${item}!`));
      begun.push({ items, finish, fail: () => reject(new Error(`no ${items.join(" ")}`)) });
    });
  return { begun, ask: createKeyedBatcher({ work, keyOf }), items: () => begun.map(({ items }) => items) };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

it("keyed batcher: a single item is processed at once by itself", async () => {
  const { ask, begun, items } = startWork();
  const answer = ask("a");
  await pass();
  expect(items()).toEqual([["a"]]);
  begun[0]?.finish();
  expect(await answer).toBe("a!");
});

it("keyed batcher: items that arrive while two batches run are processed together, each with its own result", async () => {
  const { ask, begun, items } = startWork();
  const answers = [ask("a")];
  await pass();
  answers.push(ask("b"));
  await pass();
  answers.push(ask("c"), ask("d"));
  await pass();
  expect(items()).toEqual([["a"], ["b"]]);
  begun[0]?.finish();
  await pass();
  expect(items()).toEqual([["a"], ["b"], ["c", "d"]]);
  for (const { finish } of begun) finish();
  expect(await Promise.all(answers)).toEqual(["a!", "b!", "c!", "d!"]);
});

it("keyed batcher: items with the same key run together in order, and wait while an earlier one runs", async () => {
  const { ask, begun, items } = startWork((item) => item.charAt(0));
  for (const item of ["a1", "a2", "b1"]) void ask(item);
  await pass();
  for (const item of ["a3", "b2", "a4"]) void ask(item);
  await pass(100);
  expect(items()).toEqual([["a1", "a2", "b1"]]);
  begun[0]?.finish();
  await pass(1);
  expect(items()).toEqual([
    ["a1", "a2", "b1"],
    ["a3", "b2", "a4"],
  ]);
});

it("keyed batcher: batch size is limited, and no item overtakes another with the same key", async () => {
  const batches: string[][] = [];
  const ask = createKeyedBatcher({
    work: async (items: string[]) => {
      batches.push(items);
      return items;
    },
    keyOf: (item) => item.charAt(0),
    maxTogether: 2,
  });
  const answers = ["a1", "b1", "c1", "a2", "c2"].map(ask);
  for (let turn = 0; turn < 5; turn += 1) await pass(1);
  expect(await Promise.all(answers)).toEqual(["a1", "b1", "c1", "a2", "c2"]);
  expect(batches[0]).toEqual(["a1", "b1"]);
  expect(batches.flat().filter((item) => item.startsWith("a"))).toEqual(["a1", "a2"]);
  expect(batches.flat().filter((item) => item.startsWith("c"))).toEqual(["c1", "c2"]);
});

it("keyed batcher: a slow batch does not hold up the others", async () => {
  const { ask, items } = startWork();
  for (const item of ["a", "b"]) {
    void ask(item);
    await pass();
  }
  void ask("c");
  await pass(10);
  expect(items()).toEqual([["a"], ["b"]]);
  await pass(20);
  expect(items()).toEqual([["a"], ["b"], ["c"]]);
});

it("keyed batcher: without keys, an item does not wait for an equal one in flight", async () => {
  const begun: string[][] = [];
  const ask = createKeyedBatcher({
    work: (items: string[]) => {
      begun.push(items);
      return new Promise<string[]>(() => {});
    },
  });
  for (const item of ["a", "a"]) {
    void ask(item);
    await pass();
  }
  expect(begun).toEqual([["a"], ["a"]]);
});

it("keyed batcher: if every batch is slow, items are grouped instead of starting more batches at once", async () => {
  const sizes: number[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const ask = createKeyedBatcher({
    work: async (items: number[]) => {
      sizes.push(items.length);
      underWay += 1;
      if (sizes.length > 40) mostUnderWay = Math.max(mostUnderWay, underWay);
      await new Promise((resolve) => setTimeout(resolve, 80));
      underWay -= 1;
      return items;
    },
    keyOf: (item) => String(item),
  });
  for (let item = 0; item < 1_000; item += 1) {
    void ask(item);
    await pass(5);
  }
  expect(mostUnderWay).toBe(2);
  expect(sizes.length).toBeLessThan(200);
});

/** A batcher that fails any batch with an item that starts with "bad", and records each attempt. */
function startPoisoned(options: { keyOf: (item: string) => string; isOfOneItem?: () => boolean }) {
  const tried: string[][] = [];
  const ask = createKeyedBatcher({
    ...options,
    work: async (items: string[]) => {
      tried.push(items);
      if (items.some((item) => item.startsWith("bad"))) throw new Error("bad");
      return items;
    },
  });
  return { ask, tried };
}

it("keyed batcher: a failed batch is halved until only the failing item fails", async () => {
  const { ask, tried } = startPoisoned({ keyOf: (item) => item });
  const answers = Promise.allSettled(["good", "bad", "fine", "well"].map(ask));
  await pass();
  expect((await answers).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
  ]);
  expect(tried).toEqual([
    ["good", "bad", "fine", "well"],
    ["good", "bad"],
    ["fine", "well"],
    ["good"],
    ["bad"],
  ]);
});

it("keyed batcher: after a failure, items with the same key run one at a time, in order", async () => {
  let underWay = 0;
  const done: string[] = [];
  const ask = createKeyedBatcher({
    work: async (items: string[]) => {
      underWay += 1;
      expect(underWay).toBe(1);
      await Promise.resolve();
      underWay -= 1;
      if (items.includes("bad")) throw new Error("bad");
      done.push(...items);
      return items;
    },
    keyOf: () => "one",
  });
  const answers = Promise.allSettled(["a", "bad", "c", "d", "e"].map(ask));
  await pass();
  expect((await answers).filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(done).toEqual(["a", "c", "d", "e"]);
});

it("keyed batcher: a batch fails as a whole if no single item can be at fault", async () => {
  const { ask, tried } = startPoisoned({ keyOf: (item) => item, isOfOneItem: () => false });
  const answers = Promise.allSettled(["good", "bad"].map(ask));
  await pass();
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tried).toEqual([["good", "bad"]]);
});

it("keyed batcher: waiting items with the same key are merged if a join is given, and running ones are not", async () => {
  const batches: string[][] = [];
  const ask = createKeyedBatcher({
    work: async (items: string[]) => {
      batches.push(items);
      return items;
    },
    keyOf: (item) => item.charAt(0),
    join: (waiting, later) => waiting + later,
  });
  const answers = [ask("a1"), ask("b1"), ask("a2")];
  await pass();
  expect(await Promise.all(answers)).toEqual(["a1a2", "b1", "a1a2"]);
  const next = ask("a3");
  await pass();
  expect(await next).toBe("a3");
  expect(batches).toEqual([["a1a2", "b1"], ["a3"]]);
});

it("keyed batcher: with a database 500 ms away, 95 % of events on busy calls wait for at most two statements", async () => {
  const [statementMs, calls, perSecond, events] = [500, 12, 5, 25];
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const record = createKeyedBatcher<string, null>({
    work: async (items) => {
      await wait(statementMs);
      return items.map(() => null);
    },
    keyOf: (call) => call,
    maxTogether: 500,
  });
  const waits: number[] = [];
  const happen = async (call: number, event: number) => {
    await wait(((call / calls + event) * 1_000) / perSecond);
    const askedAt = performance.now();
    await record(`call ${call}`);
    waits.push((performance.now() - askedAt) / statementMs);
  };
  const all = Array.from({ length: calls * events }, (_, index) =>
    happen(index % calls, Math.floor(index / calls)),
  );
  await pass((events * 1_000) / perSecond + 10 * statementMs);
  await Promise.all(all);
  waits.sort((a, b) => a - b);
  // The statement under way on arrival, and its own, which takes everything that waits.
  expect(waits[Math.floor(waits.length * 0.95)]).toBeLessThanOrEqual(2.1);
  expect(waits.at(-1)).toBeLessThanOrEqual(3);
});
