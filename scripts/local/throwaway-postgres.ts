import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./find-free-port";
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
 * (and with this process, however that ends). It does not wait for the disk, unless `isDurable`.
 */
export async function startThrowawayPostgres({ isDurable = false } = {}): Promise<Postgres> {
  const user = findPostgresUser();
  const base = !user || canReach(join(tmpdir(), "x"), user) ? tmpdir() : "/tmp";
  const home = mkdtempSync(join(base, "earshot-postgres-"));
  if (user) chmodSync(home, 0o755);
  const programs = preparePrograms(chooseHome(projectFolder, user), user);
  const { dataFolder, password } = await initCluster({ home, programs, user });
  const port = await findFreePort();
  const server = await runServer({ home, programs, dataFolder, user }, port, {
    isThrowaway: true,
    isDurable,
  });
  const stop = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return describePostgres({ home, password, port, stop });
}
