import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { isSlow } from "@/lib/routing/latency";
import { routingLatencyQuery } from "@/lib/routing/queries";

afterEach(() => vi.unstubAllGlobals());

test("routing: responses count as slow from a p95 of 2.5 s, and never without requests", () => {
  const slow = (p95Ms: number | null) => isSlow({ count: 9, p50Ms: 5_000, p95Ms });
  expect([2_499, 2_500, 9_000, null].map(slow)).toEqual([false, true, true, false]);
});

test("routing: the latency is fetched from its URL every minute", async () => {
  const latency = { count: 9, p50Ms: 40, p95Ms: 90 };
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return Response.json({ latency });
  });
  expect(await new QueryClient().fetchQuery(routingLatencyQuery)).toEqual(latency);
  expect(asked).toEqual(["/api/routing/latency"]);
  expect(routingLatencyQuery).toMatchObject({
    queryKey: ["routing", "latency"],
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
});
