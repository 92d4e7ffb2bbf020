import { readOptions } from "./local/cli/read-options";
import { readPort } from "./local/cli/read-port";
import { runScript } from "./local/cli/run-script";
import { launch } from "./local/stack/launch";

const usage = `npm run demo -- [--port 3000] [--host 127.0.0.1] [--calls 12]

Shows Earshot with simulated calls, on a machine that has nothing but Node: PostgreSQL, a local Pusher server, the
app as in production, and as many callers at a time as --calls says.`;

await runScript(async () => {
  const given = readOptions(usage, {
    port: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    calls: { type: "string", default: "12" },
  });
  await launch({
    command: "start",
    port: readPort(given.port),
    host: given.host,
    demo: { calls: given.calls },
  });
});
