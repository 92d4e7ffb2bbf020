import type { Parts } from "./create-parts";

/** Ctrl-C, a polite kill or a closed terminal stop everything in order, then end this process. */
export function stopOnSignals(parts: Parts): void {
  const stop = async () => {
    if (parts.isStopping()) return; // npm passes on a Ctrl-C that the terminal has sent here already
    console.log("\nStopping Earshot …");
    await parts.stopAll();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
}
