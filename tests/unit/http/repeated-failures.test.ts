import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logRepeated } from "@/lib/log-repeated";
import { inRequest } from "@/lib/request-id";

let lines: Record<string, unknown>[];

beforeEach(() => {
  lines = [];
  vi.useFakeTimers();
  const keep = (line: unknown) => {
    lines.push(JSON.parse(String(line)));
    return true;
  };
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
});

afterEach(() => {
  vi.advanceTimersByTime(20_000);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const fail = (what: string, error = new Error("away")) => logRepeated("error", what, { type: "hang", error });

test("logs: a thousand failures of one kind become the first one, a count every 10 s, and an end", () => {
  for (let failure = 0; failure < 1_000; failure += 1) fail("an event was not recorded");
  expect(lines).toMatchObject([{ level: "error", what: "an event was not recorded", type: "hang" }]);

  vi.advanceTimersByTime(10_000);
  expect(lines.slice(1)).toMatchObject([
    { level: "error", what: "an event was not recorded", again: 999, failures: 1_000, seconds: 10 },
  ]);

  fail("an event was not recorded", new TypeError("other"));
  vi.advanceTimersByTime(10_000);
  expect(lines[2]).toMatchObject({ again: 1, failures: 1_001, seconds: 20, error: { name: "TypeError" } });
  expect(lines[2]).not.toHaveProperty("type");

  vi.advanceTimersByTime(10_000);
  expect(lines.slice(3)).toMatchObject([
    {
      level: "info",
      what: "failures have ended",
      failure: "an event was not recorded",
      failures: 1_001,
      seconds: 30,
    },
  ]);

  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(4);
  fail("an event was not recorded");
  expect(lines[4]).toMatchObject({ level: "error", what: "an event was not recorded", type: "hang" });
});

test("logs: a single failure is one line", () => {
  fail("a job failed once");
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
});

test("logs: failures of two kinds are counted separately", () => {
  fail("a job failed");
  logRepeated("error", "a job failed", { job: "alerts" }, "a job failed: alerts");
  fail("a job failed");
  expect(lines).toHaveLength(2);
  vi.advanceTimersByTime(10_000);
  expect(lines.slice(2)).toMatchObject([{ what: "a job failed", again: 1, failures: 2 }]);
});

test("logs: the count of failed requests has no request ID", () => {
  inRequest(new Request("http://localhost/", { headers: { "x-request-id": "r-1" } }), () => {
    fail("requests fail");
    fail("requests fail");
  });
  vi.advanceTimersByTime(10_000);
  expect(lines[0]).toHaveProperty("requestId", "r-1");
  expect(lines[1]).toMatchObject({ what: "requests fail", again: 1 });
  expect(lines[1]).not.toHaveProperty("requestId");
});
