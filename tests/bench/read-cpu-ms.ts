import { readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second, whatever its kernel's own clock. */
const tickMs = 10;

/**
 * How long a process has kept a processor busy until now, in ms; NaN where there is no /proc to ask. Unlike a throughput
 * it does not depend on who else (database, realtime server, load generator) shares the machine with it.
 */
export function readCpuMs(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may hold spaces: fields are counted from behind it.
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    return (Number(user) + Number(system)) * tickMs;
  } catch {
    return Number.NaN;
  }
}
