import { createRequire } from "node:module";
import { type Guarded, spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import type { Environment } from "./environment";

const nextProgram = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** Runs `next dev`, `next start` or `next build` with exactly this environment; its output is ours. */
export function startNext(args: string[], environment: Environment): Promise<Guarded> {
  const NODE_ENV = args[0] === "dev" ? "development" : "production";
  return spawnGuarded(process.execPath, [nextProgram, ...args], {
    cwd: projectFolder,
    env: { ...environment, NODE_ENV, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "inherit", "inherit"],
    stopSignal: "SIGTERM",
    group: true,
    graceMs: 5_000,
  });
}
