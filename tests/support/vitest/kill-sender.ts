import { spawn } from "node:child_process";
import { once } from "node:events";

/** Runs a sending script in a separate process and kills it once its message has arrived. */
export async function killSender(script: string, arrived: Promise<void>): Promise<void> {
  const sender = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", `tests/support/vitest/${script}`],
    { env: process.env, stdio: "inherit" },
  );
  await arrived;
  sender.kill("SIGKILL");
  await once(sender, "exit");
}
