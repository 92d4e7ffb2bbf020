import { findFreePort } from "./find-free-port";
import { keepRunning } from "./guard/keep-running";
import { findPostgresUser } from "./postgres/find-postgres-user";
import { preparePrograms } from "./postgres/prepare-programs";
import { describePostgres, type Postgres, runServer } from "./postgres/run-server";
import { chooseHome, initCluster, settleDataFolder } from "./postgres/settle-data-folder";
import { projectFolder } from "./project-folder";

const usualPort = 54_320;

/**
 * Starts the project's own PostgreSQL on 127.0.0.1, with its data under `.local/` (see `chooseHome`), and restarts it
 * on the same port when it dies. It ends with this process, however that ends. If another script of this clone already
 * runs it, that server is shared, so a data folder never has two servers.
 *
 * @param pausesMs waits before restarts, as of `keepRunning`
 * @throws a sentence, or the end of PostgreSQL's log, when it cannot run here
 */
export async function startEmbeddedPostgres(
  project = projectFolder,
  pausesMs?: readonly number[],
): Promise<Postgres> {
  const user = findPostgresUser();
  const home = chooseHome(project, user);
  const programs = preparePrograms(home, user);
  const { dataFolder, password } = await initCluster({ home, programs, user });

  const attempt = async (triesLeft: number): Promise<Postgres> => {
    const running = await settleDataFolder(dataFolder);
    if (running) return describePostgres({ home, password, port: running.port, isShared: true });
    const port = await findFreePort(usualPort);
    try {
      const run = () => runServer({ home, programs, dataFolder, user }, port);
      const kept = keepRunning(await run(), {
        name: "PostgreSQL",
        startAgain: run,
        ...(pausesMs && { pausesMs }),
      });
      return describePostgres({ home, password, port, ...kept });
    } catch (error) {
      // Another process took the port, or this data folder, a moment ago.
      if (triesLeft === 0) throw error;
      return attempt(triesLeft - 1);
    }
  };
  return attempt(2);
}
