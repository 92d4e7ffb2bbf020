import { spawn } from "node:child_process";
import { once } from "node:events";

/** Runs a script that sends, in a process of its own, and kills it when what it sends has arrived. */
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
