import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Load, LoadResult } from "./post-for";

let firstCall = 0;

/**
 * `postFor` in another process, so that it is not the server's event loop that waits for itself. Each load has calls of its own:
 * or they would grow for as long as the benchmark lasts, and between two loads silence would be noticed on them.
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
