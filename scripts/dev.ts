import { readOptions, readPort } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { launch } from "./local/stack/launch";

const usage = `npm run dev -- [--port 3000] [--host 127.0.0.1]

Runs Earshot for development; changes show at once.
Starts PostgreSQL unless DATABASE_URL is set, and a local Pusher server unless PUSHER_* is set. Data is kept in .local/.`;

await runScript(async () => {
  loadEnvFiles("development");
  const { port, host = "127.0.0.1" } = readOptions(usage, {
    port: { type: "string" },
    host: { type: "string" },
  });
  await launch({ command: "dev", port: readPort(port), host });
});
