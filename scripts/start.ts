import { readOptions, readPort } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { launch } from "./local/stack/launch";

const usage = `npm start -- [--port 3000] [--host 0.0.0.0]

Runs Earshot as in production, built first if something changed since the last build.
Without DATABASE_URL it starts PostgreSQL, without PUSHER_* a local Pusher server; its data is kept in .local/.`;

await runScript(async () => {
  loadEnvFiles();
  const { port, host = "0.0.0.0" } = readOptions(usage, {
    port: { type: "string" },
    host: { type: "string" },
  });
  await launch({ command: "start", port: readPort(port), host });
});
