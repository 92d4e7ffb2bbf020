import postgres from "postgres";
import { runScript } from "@/scripts/local/cli/run-script";
import { postHistory } from "@/scripts/simulator/post-history";

/** Started by the demo: gives an Earshot that nobody has called yet some weeks to look back on. */
await runScript(async () => {
  const { DATABASE_URL = "", EARSHOT_URL = "", VAPI_WEBHOOK_SECRET = "" } = process.env;
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
