import { describeTally, Tally } from "./delivery/tally";
import { loadEnvFiles, runScript } from "./local/cli/run-script";
import { findFreePort } from "./local/find-free-port";
import { readSimulationOptions } from "./simulator/cli/read-simulation-options";
import { showProgress } from "./simulator/cli/show-progress";
import { startControlServer, usualControlPort } from "./simulator/live/control-server";
import { type Progress, simulate } from "./simulator/simulate";

await runScript(async () => {
  loadEnvFiles();
  const { controlPort, ...options } = readSimulationOptions();
  const controlServer = await startControlServer({
    port: controlPort ?? (await findFreePort(usualControlPort)),
    publicKey: process.env.VAPI_PUBLIC_KEY,
  });
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  const howMany = options.isForever ? `${options.calls} calls at a time` : `${options.calls} calls`;
  console.log(`Simulating ${howMany} to ${options.url}, seed ${options.seed}.`);
  console.log(`Live control is served at ${controlServer.host}.`);

  const progress: Progress = { live: 0, done: 0, tally: new Tally() };
  const hideProgress = showProgress(progress);
  try {
    await simulate({ ...options, controlServer }, stop.signal, progress);
  } finally {
    hideProgress();
    await controlServer.close();
  }
  console.log(`${progress.done} calls finished · ${describeTally(progress.tally)}`);
  const hasFailed = [...progress.tally.statuses.keys()].some((status) => status >= 500);
  if (hasFailed || progress.tally.unanswered > 0) process.exitCode = 1;
  if (stop.signal.aborted) process.exit();
});
