import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./find-free-port";
import { keepRunning } from "./guard/keep-running";
import { canReach } from "./postgres/can-reach";
import { chooseHome } from "./postgres/choose-home";
import { describePostgres, type Postgres } from "./postgres/describe-postgres";
import { findPostgresUser } from "./postgres/find-postgres-user";
import { initCluster } from "./postgres/init-cluster";
import { preparePrograms } from "./postgres/prepare-programs";
import { runServer } from "./postgres/run-server";
import { projectFolder } from "./project-folder";

/**
 * A PostgreSQL with nothing in it, for tests: a free port, data in a temporary folder that goes away with it
 * (and with this process, however that ends). It does not wait for the disk, unless `isDurable`, and stays down when
 * it is killed, unless `isKeptRunning`.
 */
export async function startThrowawayPostgres({
  isDurable = false,
  isKeptRunning = false,
} = {}): Promise<Postgres> {
  const user = findPostgresUser();
  const base = !user || canReach(join(tmpdir(), "x"), user) ? tmpdir() : "/tmp";
  const home = mkdtempSync(join(base, "earshot-postgres-"));
  if (user) chmodSync(home, 0o755);
  const programs = preparePrograms(chooseHome(projectFolder, user), user);
  const { dataFolder, password } = await initCluster({ home, programs, user });
  const port = await findFreePort();
  const run = () => runServer({ home, programs, dataFolder, user }, port, { isThrowaway: true, isDurable });
  const first = await run();
  const server = isKeptRunning ? keepRunning(first, { name: "PostgreSQL", startAgain: run }) : first;
  const stop = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return describePostgres({ home, password, port, stop });
}
