import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

/** Returns a process's current or peak memory in MB; NaN without /proc. */
export function readMemory(pid: number | undefined, field: "VmRSS" | "VmHWM"): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}

/** Returns the memory that a page's scripts retain after garbage collection, in MB. */
export async function readHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session
    .send("Performance.enable")
    .then(() => session.send("Performance.getMetrics"));
  await session.detach();
  const used = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
  return Math.round(used / 1e5) / 10;
}
