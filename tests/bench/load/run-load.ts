import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Load, LoadResult } from "./post-for";

let firstCall = 0;

/**
 * Runs `postFor` in another process, so that it does not share an event loop with the server. Each load has its own
 * calls: otherwise they would grow as long as the benchmark lasts and show silence between two loads.
 */
export async function runLoad(load: Omit<Load, "firstCall">): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  child.send({ ...load, firstCall } satisfies Load);
  firstCall += load.calls;
  const [result] = await once(child, "message");
  return result;
}
