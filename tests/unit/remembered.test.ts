import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { remembered } from "@/lib/remembered";

beforeEach(() => {
  // A deadline waits for the next turn of the event loop, which is left real.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

type Options = Parameters<typeof remembered<string, string>>[0];

/** A remembered value whose loads end when the test decides. */
function setUp(options: Partial<Options> = {}) {
  const loads: { resolve: (brought: string) => void; reject: (cause: Error) => void }[] = [];
  const failures: string[] = [];
  const value = remembered<string, string>({
    load: () => {
      return new Promise((resolve, reject) => loads.push({ resolve, reject }));
    },
    freshMs: 1_000,
    fallback: () => "fallback",
    onFailure: (_, standIn) => failures.push(standIn),
    ...options,
  });
  /** Gets the value, and resolves the load that this starts. */
  const getWith = async (brought: string) => {
    const asked = value.get();
    loads.at(-1)?.resolve(brought);
    return asked;
  };
  const getFailing = async () => {
    const asked = value.get();
    loads.at(-1)?.reject(new Error("gone"));
    return asked;
  };
  return { value, loads, failures, getWith, getFailing };
}

describe("remembered: the first load", () => {
  test("may take longer than later ones", async () => {
    const { value, loads, failures, getWith } = setUp({ timeoutMs: 500, firstTimeoutMs: 5_000 });
    const asked = value.get();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(failures).toEqual([]);
    loads[0]?.resolve("first");
    expect(await asked).toBe("first");
    await vi.advanceTimersByTimeAsync(1_000);
    const again = value.get();
    await vi.advanceTimersByTimeAsync(500);
    expect(failures).toEqual(["first"]);
    expect(await again).toBe("first");
    expect(await getWith("second")).toBe("second");
  });
});

describe("remembered: a fresh value", () => {
  test("is not loaded again, and once stale is loaded once for all callers", async () => {
    const { value, loads, getWith } = setUp();
    expect(await getWith("a")).toBe("a");
    vi.advanceTimersByTime(999);
    expect([await value.get(), value.peek(), loads.length]).toEqual(["a", "a", 1]);
    vi.advanceTimersByTime(1);
    expect(value.peek()).toBeNull();
    const asked = [value.get(), value.get()];
    expect(loads.length).toBe(2);
    loads[1]?.resolve("b");
    expect(await Promise.all(asked)).toEqual(["b", "b"]);
  });

  test("counts its age from when the load began", async () => {
    const { value, loads } = setUp();
    const asked = value.get();
    await vi.advanceTimersByTimeAsync(600);
    loads[0]?.resolve("a");
    expect(await asked).toBe("a");
    vi.advanceTimersByTime(400);
    expect(value.peek()).toBeNull();
  });
});

describe("remembered: a load that fails", () => {
  test("leaves the last value in use as long as it is trusted, then the fallback", async () => {
    const { failures, getWith, getFailing } = setUp({ trustMs: 4_000 });
    expect(await getFailing()).toBe("fallback");
    await getWith("a");
    vi.advanceTimersByTime(3_999);
    expect(await getFailing()).toBe("a");
    vi.advanceTimersByTime(1);
    expect(await getFailing()).toBe("fallback");
    expect(failures).toEqual(["fallback", "a", "fallback"]);
  });

  test("is abandoned at its deadline, blocks no later load, and its late value is still used", async () => {
    const { value, loads } = setUp({ timeoutMs: 500 });
    const asked = value.get();
    await vi.advanceTimersByTimeAsync(500);
    expect(await asked).toBe("fallback");
    void value.get();
    expect(loads.length).toBe(2);
    loads[0]?.resolve("late");
    await vi.advanceTimersByTimeAsync(0);
    expect(value.peek()).toBe("late");
    loads[1]?.resolve("later");
    await vi.advanceTimersByTimeAsync(0);
    expect(value.peek()).toBe("later");
  });

  test("is not repeated within the pause", async () => {
    const { value, loads, getFailing } = setUp({ pauseMs: 2_000 });
    await getFailing();
    vi.advanceTimersByTime(1_999);
    expect([await value.get(), loads.length]).toEqual(["fallback", 1]);
    vi.advanceTimersByTime(1);
    void value.get();
    expect(loads.length).toBe(2);
  });
});

describe("remembered: callers", () => {
  test("get a usable value at once while a newer one is loaded, and wait when it is too old", async () => {
    const { value, loads, getWith } = setUp({ usableMs: 60_000 });
    await getWith("a");
    vi.advanceTimersByTime(59_999);
    expect([await value.get(), loads.length]).toEqual(["a", 2]);
    vi.advanceTimersByTime(1);
    const asked = value.get();
    loads[1]?.resolve("b");
    expect(await asked).toBe("b");
  });

  test("wait up to the maximum, and then not at all for a while", async () => {
    const { value, loads } = setUp({ maxWaitMs: 100, noWaitMs: 1_000 });
    const first = value.get();
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toBe("fallback");
    expect(await value.get()).toBe("fallback");
    expect(loads.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    const patient = value.get();
    loads[0]?.resolve("a");
    await patient;
    expect(value.known()).toBe("a");
  });

  test("can refresh a fresh value", async () => {
    const { value, loads, getWith } = setUp();
    await getWith("a");
    const refreshed = value.refresh(100);
    loads[1]?.resolve("b");
    await refreshed;
    expect(value.peek()).toBe("b");
  });

  test("can tell whether a value was ever loaded", async () => {
    const { value, getWith } = setUp();
    expect(value.isKnown()).toBe(false);
    await getWith("a");
    expect(value.isKnown()).toBe(true);
  });
});

describe("remembered: after a change", () => {
  test("a load that began before the change does not count as fresh", async () => {
    const { value, loads } = setUp();
    void value.get();
    value.forget();
    const asked = value.get();
    expect(loads.length).toBe(2);
    loads[0]?.resolve("before");
    await vi.advanceTimersByTimeAsync(0);
    expect(value.peek()).toBeNull();
    loads[1]?.resolve("after");
    expect(await asked).toBe("after");
  });

  test("the last value stays in use if the next load fails", async () => {
    const { value, getWith, getFailing } = setUp();
    await getWith("a");
    value.forget();
    expect(await getFailing()).toBe("a");
  });

  test("of two overlapping loads the one that began later wins, regardless of which ends first", async () => {
    const { value, loads } = setUp();
    const [first, second] = [value.reload(), value.reload()];
    loads[1]?.resolve("second");
    await second;
    loads[0]?.resolve("first");
    await first;
    expect(value.peek()).toBe("second");
  });

  test("a value written by this process applies at once, and over loads that began earlier", async () => {
    const { value, loads } = setUp();
    const loading = value.reload();
    value.keep("own");
    expect(value.peek()).toBe("own");
    loads[0]?.resolve("before");
    await loading;
    expect(value.peek()).toBe("own");
  });

  test("a reload throws the error of its load", async () => {
    const { value, loads } = setUp();
    const loading = value.reload();
    loads[0]?.reject(new Error("gone"));
    await expect(loading).rejects.toThrow("gone");
  });
});
