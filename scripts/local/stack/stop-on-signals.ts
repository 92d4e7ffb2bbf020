import type { Parts } from "./create-parts";

const startedBy = process.ppid;

/**
 * Ctrl-C, a polite kill or a closed terminal stop everything in order, then end this process. So does the death of
 * the npm that started it: a killed npm tells nobody.
 */
export function stopOnSignals(parts: Parts): void {
  const stop = async () => {
    if (parts.isStopping()) return; // npm passes on a Ctrl-C that the terminal has sent here already
    console.log("\nStopping Earshot …");
    await parts.stopAll();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());

  if (!process.env.npm_lifecycle_event) return;
  const watch = setInterval(() => {
    if (process.ppid !== startedBy) void stop();
  }, 1_000);
  watch.unref();
}
