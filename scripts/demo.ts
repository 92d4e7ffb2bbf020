import { readOptions, readPort, UsageError } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { launch } from "./local/stack/launch";

const usage = `npm run demo -- [--port 3000] [--host 127.0.0.1] [--calls 12] [--database-url URL]

Runs Earshot with simulated calls on a machine that only has Node: PostgreSQL, a local Pusher server, a production
build of the app, and --calls callers at a time.

The demo uses its own database and realtime server, whatever .env sets. With --database-url it writes its simulated
calls into that database instead, and you sign in with an existing account.`;

await runScript(async () => {
  loadEnvFiles();
  const given = readOptions(usage, {
    port: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    calls: { type: "string", default: "12" },
    "database-url": { type: "string" },
  });
  if (!/^[1-9]\d{0,3}$/.test(given.calls)) {
    throw new UsageError(`--calls must be a number from 1 to 9999.\n\n${usage}`);
  }
  await launch({
    command: "start",
    port: readPort(given.port),
    host: given.host,
    demo: { calls: given.calls, databaseUrl: given["database-url"] },
  });
});
