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

/**
 * Sees to it that a data folder has either a server with an owner (returned, to be shared) or none (null). A server
 * whose starting script is gone, killed together with its reaper, is stopped.
 */
export async function settleDataFolder(dataFolder: string): Promise<Postmaster | null> {
  const found = await waitUntil(
    "a PostgreSQL that is starting on the same data",
    () => {
      const postmaster = readPostmaster(dataFolder);
      return postmaster?.isReady === false ? null : { postmaster };
    },
    60_000,
  );
  const { postmaster } = found;
  if (!postmaster || postmaster.isOwned) return postmaster;
  await endOrphan(dataFolder, postmaster);
  return null;
}
