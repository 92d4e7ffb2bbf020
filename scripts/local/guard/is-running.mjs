// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { sendSignal } from "./send-signal.mjs";

/**
 * Whether a process still does anything. One that has ended but was not yet collected by its parent (in a container
 * whose first process is slow or blind to it, that may take for ever) does not count.
 *
 * @param {number} pid
 */
export function isRunning(pid) {
  if (!sendSignal(pid, 0)) return false;
  const status = `/proc/${pid}/stat`;
  if (!existsSync(status)) return process.platform !== "linux";
  try {
    // "pid (name) state …", and the name may hold anything, parentheses too.
    return !/^.*\) Z/s.test(readFileSync(status, "utf8"));
  } catch {
    return false; // ended while we looked
  }
}
