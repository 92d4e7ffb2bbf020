import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Load, LoadResult } from "./post-for";

/** `postFor` in another process, so that it is not the server's event loop that waits for itself. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  child.send(load);
  const [result] = await once(child, "message");
  return result;
}
