import { sendSignal } from "../guard/send-signal.mjs";
import { waitUntil } from "../wait-until";
import { type Postmaster, readPostmaster } from "./read-postmaster";

/** Stops a server whose starter is gone, fast shutdown first, and waits until its data folder is free. */
export async function endOrphan(dataFolder: string, { pid }: Postmaster) {
  sendSignal(pid, "SIGINT");
  const isFree = () => readPostmaster(dataFolder) === null;
  try {
    await waitUntil("an earlier PostgreSQL to stop", isFree, 15_000);
  } catch {
    sendSignal(pid, "SIGQUIT"); // at once; it recovers at the next start
    await waitUntil(`an earlier PostgreSQL (process ${pid}) to stop`, isFree, 15_000);
  }
}
