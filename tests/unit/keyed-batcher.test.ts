import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createKeyedBatcher } from "@/lib/keyed-batcher";

/** Work that is done when the test says so. */
function startWork(keysOf: (item: string) => string[] = (item) => [item]) {
  const begun: { items: string[]; finish: () => void; fail: () => void }[] = [];
  const work = (items: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      const finish = () => resolve(items.map((item) => `${item}!`));
      begun.push({ items, finish, fail: () => reject(new Error(`no ${items.join(" ")}`)) });
    });
  return { begun, ask: createKeyedBatcher(work, keysOf), items: () => begun.map(({ items }) => items) };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

it("does a single thing at once and by itself", async () => {
  const { ask, begun, items } = startWork();
  const answer = ask("a");
  await pass();
  expect(items()).toEqual([["a"]]);
  begun[0]?.finish();
  expect(await answer).toBe("a!");
});

it("sends together what comes while two are under way, and gives each its own result", async () => {
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

it("lets what shares a key wait until the one before is done, however long that takes", async () => {
  const { ask, begun, items } = startWork((item) => [item.charAt(0)]);
  for (const item of ["a1", "a2", "b1", "a3", "b2"]) void ask(item);
  await pass(100);
  expect(items()).toEqual([["a1", "b1"]]);
  begun[0]?.finish();
  await pass(1);
  expect(items()).toEqual([
    ["a1", "b1"],
    ["a2", "b2"],
  ]);
  begun[1]?.finish();
  await pass(1);
  expect(items()).toEqual([["a1", "b1"], ["a2", "b2"], ["a3"]]);
});

it("does not let one that takes long hold up the others", async () => {
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

it("keeps sending together where everything takes long, instead of ever more at once", async () => {
  const sizes: number[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const ask = createKeyedBatcher(
    async (items: number[]) => {
      sizes.push(items.length);
      underWay += 1;
      if (sizes.length > 40) mostUnderWay = Math.max(mostUnderWay, underWay);
      await new Promise((resolve) => setTimeout(resolve, 80));
      underWay -= 1;
      return items;
    },
    (item) => [String(item)],
  );
  for (let item = 0; item < 1_000; item += 1) {
    void ask(item);
    await pass(5);
  }
  expect(mostUnderWay).toBe(2);
  expect(sizes.length).toBeLessThan(200);
});

it("tries alone what failed in company, so that only the culprit fails", async () => {
  const tried: string[][] = [];
  const ask = createKeyedBatcher(
    async (items: string[]) => {
      tried.push(items);
      if (items.includes("bad")) throw new Error("bad");
      return items;
    },
    (item) => [item],
  );
  const answers = Promise.allSettled([ask("good"), ask("bad"), ask("fine")]);
  await pass();
  expect((await answers).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(tried).toEqual([["good", "bad", "fine"], ["good"], ["bad"], ["fine"]]);
});

it("makes one of items that wait for the same key, where it is told how, and not of one that has begun", async () => {
  const batches: string[][] = [];
  const ask = createKeyedBatcher(
    async (items: string[]) => {
      batches.push(items);
      return items;
    },
    (item) => [item.charAt(0)],
    (waiting, later) => waiting + later,
  );
  const answers = [ask("a1"), ask("b1"), ask("a2")];
  await pass();
  expect(await Promise.all(answers)).toEqual(["a1a2", "b1", "a1a2"]);
  const next = ask("a3");
  await pass();
  expect(await next).toBe("a3");
  expect(batches).toEqual([["a1a2", "b1"], ["a3"]]);
});
