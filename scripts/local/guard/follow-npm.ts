import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const everyMs = 1_000;

/**
 * Ends this process as SIGTERM would once the npm that runs it is gone, because a killed npm sends no signal. npm
 * starts a script through a shell, which may stay between the two and outlive npm.
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

/** Returns null when there is no such process. Reads /proc on Linux and runs `ps` elsewhere. */
function describeProcess(pid: number): Described | null {
  try {
    if (process.platform !== "linux") {
      const [, parent, name] = /^\s*(\d+)\s+(.*)$/m.exec(ps(pid)) ?? [];
      return name ? { name: name.trim(), parent: Number(parent) } : null;
    }
    // Format: "pid (name) state parent …". The name may contain anything, including parentheses.
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
