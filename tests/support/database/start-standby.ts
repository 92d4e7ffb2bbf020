import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { findFreePort } from "@/scripts/local/find-free-port";
import { findPostgresUser } from "@/scripts/local/postgres/find-postgres-user";
import { preparePrograms } from "@/scripts/local/postgres/prepare-programs";
import { describePostgres, type Postgres, runServer } from "@/scripts/local/postgres/run-server";
import { chooseHome, initCluster } from "@/scripts/local/postgres/settle-data-folder";
import { projectFolder } from "@/scripts/local/project-folder";

/** Starts a hot standby of a server started with `isReplicated`. Its files are stored and removed with the primary's. */
export async function startStandby(primary: Postgres): Promise<Postgres> {
  const user = findPostgresUser();
  const programs = preparePrograms(chooseHome(projectFolder, user), user);
  const { dataFolder, password } = await initCluster({ home: primary.home, programs, user });
  const home = join(primary.home, "standby");
  const copy = join(home, "data");
  const sql = postgres(primary.urlOf("postgres"), { max: 1 });
  await sql`select pg_backup_start('standby', true)`;
  mkdirSync(home);
  // Keeps each file's owner and mode.
  execFileSync("cp", ["-a", dataFolder, copy]);
  const [backup] = await sql<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`;
  await sql.end();
  rmSync(join(copy, "postmaster.pid"), { force: true });
  const { hostname, port, username } = new URL(primary.urlOf("postgres"));
  const files = {
    backup_label: backup?.label ?? "",
    "standby.signal": "",
    "postgresql.auto.conf": `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(copy, name), text);
    if (user) chownSync(join(copy, name), user.uid, user.gid);
  }
  const ownPort = await findFreePort();
  const { stop } = await runServer({ home, programs, dataFolder: copy, user }, ownPort, {
    isDurable: false,
    isReplicated: true,
  });
  return describePostgres({ home, password, port: ownPort, stop });
}
