// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { sendSignal } from "./send-signal.mjs";

/**
 * Whether a process is still running. A zombie does not count: in a container whose first process does not reap
 * children, it may stay forever.
 *
 * @param {number} pid
 */
export function isRunning(pid) {
  if (!sendSignal(pid, 0)) return false;
  const status = `/proc/${pid}/stat`;
  if (!existsSync(status)) return process.platform !== "linux";
  try {
    // Format: "pid (name) state …". The name may contain anything, including parentheses.
    return !/^.*\) Z/s.test(readFileSync(status, "utf8"));
  } catch {
    return false; // ended while we looked
  }
}
