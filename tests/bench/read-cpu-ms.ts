import { readdirSync, readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second, whatever its kernel's own clock. */
const tickMs = 10;

/**
 * How long a process has kept a processor busy until now, in ms; NaN where there is no /proc to ask. Unlike a throughput
 * it does not depend on who else (database, realtime server, load generator) shares the machine with it.
 */
export function readCpuMs(pid: number | undefined): number {
  return readStat(pid)?.ownMs ?? Number.NaN;
}

/** The same of a process with all it has started, those that are gone included: PostgreSQL has one for each connection. */
export function readFamilyCpuMs(pid: number): number {
  const own = readStat(pid);
  if (!own) return Number.NaN;
  const children = readdirSync("/proc").map((name) => (/^\d+$/.test(name) ? readStat(Number(name)) : null));
  return children.reduce(
    (sum, child) => sum + (child?.parent === pid ? child.ownMs : 0),
    own.ownMs + own.goneMs,
  );
}

/** As `man 5 proc` has it; null where there is no such process. */
function readStat(pid: number | undefined) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may hold spaces: fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = (from: number) => (Number(fields[from]) + Number(fields[from + 1])) * tickMs;
    return { parent: Number(fields[1]), ownMs: ticks(11), goneMs: ticks(13) };
  } catch {
    return null;
  }
}
