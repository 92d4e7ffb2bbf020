import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Clock } from "@/components/clock/clock";
import { ServerTime } from "@/lib/http/server-time";

const trueTime = Date.parse("2026-08-31T10:00:00.000Z");

beforeEach(() => void vi.useFakeTimers({ now: trueTime }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser whose clock is `aheadMs` ahead, and responses of a server whose clock is right. */
function open(aheadMs: number) {
  const serverTime = new ServerTime();
  let skewMs = aheadMs;
  vi.setSystemTime(trueTime + skewMs);
  return {
    serverTime,
    /** How far the corrected time is from the server's. */
    error: () => Math.abs(serverTime.now() - (Date.now() - skewMs)),
    setClock(next: number) {
      vi.setSystemTime(Date.now() - skewMs + next);
      skewMs = next;
    },
    /** Half of the time passes before the server answers, the rest after. */
    respond(ms = 40) {
      const askedAt = Date.now();
      vi.advanceTimersByTime(ms / 2);
      const date = new Date(Date.now() - skewMs).toUTCString();
      vi.advanceTimersByTime(ms / 2);
      serverTime.learn(new Response(null, { headers: { date } }), askedAt);
    },
  };
}

describe("the server's time in a browser", () => {
  test("is right to the second after one response, however wrong the browser's clock is", () => {
    for (const aheadMs of [10_000, 65_000, -65_000, 3_600_000]) {
      const { error, respond } = open(aheadMs);
      expect(error()).toBe(Math.abs(aheadMs));
      respond();
      expect(error()).toBeLessThanOrEqual(600);
    }
  });

  test("is the browser's own while that is right to the second, and a correction stays the same", () => {
    const right = open(400);
    const wrong = open(10_000);
    const corrections = vi.fn();
    wrong.serverTime.watch(corrections);
    for (let second = 0; second < 60; second += 1) {
      wrong.respond();
      right.respond(0);
      vi.advanceTimersByTime(770);
    }
    expect(corrections).toHaveBeenCalledTimes(1);
    expect(right.serverTime.now()).toBe(Date.now());
  });

  test("is not changed by a slow response, by one without the header, or if the clock was set back during a request", () => {
    const { serverTime, respond, setClock } = open(0);
    respond(20_000);
    serverTime.learn(new Response(null), Date.now());
    const askedAt = Date.now();
    setClock(-3_600_000);
    serverTime.learn(new Response(null, { headers: { date: new Date(askedAt).toUTCString() } }), askedAt);
    expect(serverTime.now()).toBe(Date.now());
  });

  test("is the browser's own again once that has been set right", () => {
    const { serverTime, respond, setClock } = open(65_000);
    respond();
    setClock(0);
    respond();
    expect(serverTime.now()).toBe(Date.now());
  });
});

describe("the page's clock", () => {
  /** Records the ticks of a running clock, and the sleeps of the machine that it notices. */
  function run(visibilityState: "visible" | "hidden") {
    vi.stubGlobal("document", { visibilityState });
    const clock = new Clock();
    const noticed: string[] = [];
    clock.watchSleep(() => noticed.push("sleep"));
    const stop = clock.watch(() => noticed.push("tick"));
    vi.advanceTimersByTime(0);
    return { clock, noticed, stop };
  }
  /** Time passes without timers. */
  const sleep = (ms: number) => void vi.setSystemTime(Date.now() + ms);

  test("notices a sleep of the machine once, before it ticks again", () => {
    const { noticed, stop } = run("visible");
    sleep(60_000);
    vi.advanceTimersByTime(2_000);
    expect(noticed).toEqual(["tick", "sleep", "tick", "tick"]);
    stop();
  });

  test("takes neither a late tick, nor a hidden page's slow timers, nor a pause without subscribers for a sleep", () => {
    const { clock, noticed, stop } = run("visible");
    sleep(4_000);
    vi.advanceTimersByTime(1_000);
    stop();
    vi.advanceTimersByTime(60_000);
    clock.watch(() => noticed.push("tick"))();
    expect(noticed).toEqual(["tick", "tick", "tick"]);
    const hidden = run("hidden");
    sleep(60_000);
    vi.advanceTimersByTime(1_000);
    expect(hidden.noticed).toEqual(["tick", "tick"]);
    hidden.stop();
  });
});
