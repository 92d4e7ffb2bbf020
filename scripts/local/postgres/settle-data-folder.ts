import { waitUntil } from "../wait-until";
import { endOrphan } from "./end-orphan";
import { type Postmaster, readPostmaster } from "./read-postmaster";

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
