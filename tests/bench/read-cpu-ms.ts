import { readdirSync, readFileSync } from "node:fs";

/** Linux reports a process's time in hundredths of a second, whatever the kernel's own clock. */
const tickMs = 10;

/**
 * Returns a process's CPU time so far in ms; NaN without /proc. Unlike throughput, it does not depend on what else
 * (database, realtime server, load generator) shares the machine.
 */
export function readCpuMs(pid: number | undefined): number {
  return readStat(pid)?.ownMs ?? Number.NaN;
}

/** The same for a process and all its children, including those that have exited: PostgreSQL has one per connection. */
export function readFamilyCpuMs(pid: number): number {
  const own = readStat(pid);
  if (!own) return Number.NaN;
  const children = readdirSync("/proc").map((name) => (/^\d+$/.test(name) ? readStat(Number(name)) : null));
  return children.reduce(
    (sum, child) => sum + (child?.parent === pid ? child.ownMs : 0),
    own.ownMs + own.goneMs,
  );
}

/** Parses the format of `man 5 proc`; null when there is no such process. */
function readStat(pid: number | undefined) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, in parentheses, may contain spaces, so fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = (from: number) => (Number(fields[from]) + Number(fields[from + 1])) * tickMs;
    return { parent: Number(fields[1]), ownMs: ticks(11), goneMs: ticks(13) };
  } catch {
    return null;
  }
}
