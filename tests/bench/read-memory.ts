import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { WebSocket } from "ws";

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
  return toMegabytes(used);
}

/** Returns the memory that a Node process retains after garbage collection, in MB. `port`: its inspector's, on loopback. */
export async function readNodeHeap(port: number): Promise<number> {
  const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, "open");
  const send = async (method: string) => {
    socket.send(JSON.stringify({ id: 1, method }));
    const [answer] = await once(socket, "message");
    return JSON.parse(String(answer)).result;
  };
  await send("HeapProfiler.collectGarbage");
  const { usedSize } = await send("Runtime.getHeapUsage");
  socket.close();
  return toMegabytes(usedSize);
}

const toMegabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
