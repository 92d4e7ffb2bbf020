import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const everyMs = 1_000;

/**
 * Ends this process as SIGTERM would when the npm that runs it is gone: a killed npm tells nobody. npm starts a script
 * through a shell, which may stay between the two and outlives it.
 */
export function followNpm(): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const shell = describeProcess(parent);
  const npm = shell && isShell(shell.name) ? shell.parent : null;
  const watch = setInterval(() => {
    const isOrphan = process.ppid !== parent || (npm !== null && describeProcess(parent)?.parent !== npm);
    if (!isOrphan) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, everyMs);
  watch.unref();
}

type Described = { name: string; parent: number };

/** Null when there is no such process. Linux says it in a file; elsewhere `ps` is asked. */
function describeProcess(pid: number): Described | null {
  try {
    if (process.platform !== "linux") {
      const [, parent, name] = /^\s*(\d+)\s+(.*)$/m.exec(ps(pid)) ?? [];
      return name ? { name: name.trim(), parent: Number(parent) } : null;
    }
    // "pid (name) state parent …", and the name may hold anything, parentheses too.
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name ? { name, parent: Number(parent) } : null;
  } catch {
    return null;
  }
}

function ps(pid: number): string {
  return execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" });
}

function isShell(name: string): boolean {
  return /(?:^|[/-])(?:ba|da|z|k|a)?sh$/.test(name);
}
