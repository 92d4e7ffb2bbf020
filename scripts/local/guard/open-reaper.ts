import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Ward } from "./ward";

type Reaper = { pid: number | undefined; add: (ward: Ward) => void; drop: (pid: number) => void };

let reaper: Reaper | undefined;

/** The one reaper of this process, started when first needed. It never keeps this process running. */
export function openReaper(): Reaper {
  reaper ??= startReaper();
  return reaper;
}

function startReaper(): Reaper {
  const script = fileURLToPath(new URL("reaper.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  child.unref();
  const { stdin } = child;
  // Without its reaper a script still stops its children by itself; only kill -9 would leave them.
  stdin.on("error", () => {});
  if ("unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return {
    pid: child.pid,
    add: (ward) => stdin.write(`add ${JSON.stringify(ward)}\n`),
    drop: (pid) => stdin.write(`drop ${pid}\n`),
  };
}
