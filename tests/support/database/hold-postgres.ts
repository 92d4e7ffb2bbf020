import { startEmbeddedPostgres } from "@/scripts/local/embedded-postgres";
import { openReaper } from "@/scripts/local/guard/spawn-guarded";

/** Run as a script, `hold-postgres.ts FOLDER`: starts PostgreSQL for that clone, prints its address and waits to be killed. */
const { urlOf, home, isShared } = await startEmbeddedPostgres(process.argv[2]);
console.log(JSON.stringify({ url: urlOf("postgres"), home, isShared, reaperPid: openReaper().pid }));
setInterval(() => {}, 60_000);
