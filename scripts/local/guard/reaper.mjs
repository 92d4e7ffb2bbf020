// @ts-check
/**
 * Ends the processes a script started if the script dies without ending them itself (kill -9, a crash).
 *
 * Reads lines from standard input, `add {json}` and `drop pid`. End of input means that the script has died, because the kernel
 * closes the pipe however a process ends. Plain JavaScript on purpose: it starts in milliseconds and needs nothing but Node.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "./is-running.mjs";
import { sendSignal } from "./send-signal.mjs";

/** @typedef {import("./ward").Ward} Ward */

/** @type {Map<number, Ward>} in the order they were started */
const wards = new Map();

/** @type {NodeJS.Signals[]} Ctrl-C and a closed terminal signal the whole session; this process must survive them. */
const ignored = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of ignored) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith("add ")) {
    /** @type {Ward} */
    const ward = JSON.parse(line.slice("add ".length));
    wards.set(ward.pid, ward);
  } else wards.delete(Number(line.slice("drop ".length)));
}

for (const ward of [...wards.values()].reverse()) await end(ward);

/** @param {Ward} ward */
async function end({ pid, signal, graceMs, folder }) {
  sendSignal(pid, signal);
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && isRunning(Math.abs(pid))) await delay(50);
  sendSignal(pid, "SIGKILL"); // also for group members that outlived their leader
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
