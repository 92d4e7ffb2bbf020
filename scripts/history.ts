import postgres from "postgres";
import { runScript } from "@/scripts/local/cli/run-script";
import { fillDirectory } from "@/scripts/local/fill-directory";
import { postHistory } from "@/scripts/simulator/post-history";

/**
 * Started by the demo: fills an Earshot that has no calls yet with some weeks of history. `--directory` also adds teams
 * to transfer calls to.
 */
await runScript(async () => {
  const { DATABASE_URL = "", EARSHOT_URL = "", VAPI_WEBHOOK_SECRET = "" } = process.env;
  if (process.argv.includes("--directory")) {
    const { db } = await import("@/db/client");
    await fillDirectory(db);
    await db.$client.end();
  }
  const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => {} });
  const [found] = await sql<{ hasCalls: boolean }[]>`
    select exists (select from calls where created_at < now() - interval '1 hour') as "hasCalls"
  `;
  await sql.end();
  if (found?.hasCalls) return;
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  const [secret = ""] = VAPI_WEBHOOK_SECRET.split(",");
  await postHistory({ url: EARSHOT_URL, secret: secret.trim(), calls: 300, days: 42 }, stop.signal);
});
