import { readFileSync } from "node:fs";

/** A process's memory now, or at its peak, in MB; NaN where there is no /proc to ask. */
export function readMemory(pid: number | undefined, field: "VmRSS" | "VmHWM"): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}
