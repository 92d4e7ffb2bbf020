import { Complaint } from "../cli/complaint";
import { announce } from "./announce";
import { createParts } from "./create-parts";
import { demoEnvironment } from "./environment";
import { startHistory } from "./start-history";
import { startSimulator } from "./start-simulator";
import { startStack } from "./start-stack";
import { stopOnSignals } from "./stop-on-signals";

type Options = {
  command: "dev" | "start";
  host: string;
  port: number;
  /** For somebody who wants to see Earshot: simulated callers, as many at a time, and a way in without a password. */
  demo?: { calls: string; databaseUrl: string | undefined };
};

/**
 * Runs Earshot from a shell until somebody stops it.
 *
 * @throws a Complaint when it cannot start or the app ends for good; nothing is left running then
 */
export async function launch({ demo, ...options }: Options): Promise<void> {
  const parts = createParts();
  stopOnSignals(parts);
  try {
    const stack = await startStack(
      demo
        ? { ...options, environment: demoEnvironment(process.env, demo.databaseUrl), isSimulated: true }
        : { ...options, environment: process.env, isKeptRunning: options.command === "start" },
      parts,
    );
    await announce(stack, demo ? "demo" : options.command);
    if (demo) await Promise.all([startSimulator(stack, demo.calls, parts), startHistory(stack, parts)]);
    await stack.ended;
    if (!parts.isStopping()) throw new Complaint("The app ended by itself: see above.");
  } catch (error) {
    if (!parts.isStopping()) {
      await parts.stopAll();
      throw error;
    }
    // Stopped while starting: what failed was only told to stop.
  }
}
