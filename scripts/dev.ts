import { readOptions, readPort } from "./local/cli/read-options";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { launch } from "./local/stack/launch";

const usage = `npm run dev -- [--port 3000] [--host 127.0.0.1]

Runs Earshot for working on it: every change shows at once.
Without DATABASE_URL it starts PostgreSQL, without PUSHER_* a local Pusher server; its data is kept in .local/.`;

await runScript(async () => {
  loadEnvFiles("development");
  const { port, host = "127.0.0.1" } = readOptions(usage, {
    port: { type: "string" },
    host: { type: "string" },
  });
  await launch({ command: "dev", port: readPort(port), host });
});
