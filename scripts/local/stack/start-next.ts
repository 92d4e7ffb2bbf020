import { createRequire } from "node:module";
import { type Guarded, spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import { type Environment, sealEnvironment } from "./environment";

const nextProgram = createRequire(import.meta.url).resolve("next/dist/bin/next");

/**
 * MB of V8's young generation. A body becomes half a megabyte of short-lived objects, and those of the events being
 * recorded at the moment are copied at every collection: with V8's own 16 that is one every twenty-five events.
 */
const youngMegabytes = 64;

/** Runs `next dev`, `next start` or `next build` with exactly this environment; its output is ours. */
export function startNext(args: string[], environment: Environment): Promise<Guarded> {
  const NODE_ENV = args[0] === "dev" ? "development" : "production";
  const flags = args[0] === "start" ? [`--max-semi-space-size=${youngMegabytes}`] : [];
  return spawnGuarded(process.execPath, [...flags, nextProgram, ...args], {
    cwd: projectFolder,
    env: { ...sealEnvironment(environment), NODE_ENV, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "inherit", "inherit"],
    stopSignal: "SIGTERM",
    group: true,
    graceMs: 5_000,
  });
}
