import { startEmbeddedPostgres } from "@/scripts/local/embedded-postgres";
import { openReaper } from "@/scripts/local/guard/spawn-guarded";

/**
 * Run as a script, `hold-postgres.ts FOLDER`: starts PostgreSQL for that clone, prints its address and waits to be killed, or
 * exits with 3 when PostgreSQL is given up.
 */
const { urlOf, home, isShared, ended } = await startEmbeddedPostgres(process.argv[2], [1]);
void ended?.then(() => process.exit(3));
console.log(JSON.stringify({ url: urlOf("postgres"), home, isShared, reaperPid: openReaper().pid }));
setInterval(() => {}, 60_000);
