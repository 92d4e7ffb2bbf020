import { readOptions, readPort } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { launch } from "./local/stack/launch";

const usage = `npm start -- [--port 3000] [--host 0.0.0.0]

Runs Earshot in production mode, building it first if something has changed since the last build.
Starts PostgreSQL unless DATABASE_URL is set, and a local Pusher server unless PUSHER_* is set. Data is kept in .local/.`;

await runScript(async () => {
  loadEnvFiles();
  const { port, host = "0.0.0.0" } = readOptions(usage, {
    port: { type: "string" },
    host: { type: "string" },
  });
  await launch({ command: "start", port: readPort(port), host });
});
