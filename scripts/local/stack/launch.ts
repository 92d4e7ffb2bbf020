import { Complaint } from "../cli/complaint";
import { loadEnvFiles } from "../cli/load-env-files";
import { announce } from "./announce";
import { createParts, type Parts } from "./create-parts";
import { type Stack, startStack } from "./start-stack";
import { stopOnSignals } from "./stop-on-signals";

type Options = {
  command: "dev" | "start";
  host: string;
  port: number;
  /** What else should run beside the app; it adds what it starts to `parts`. */
  beside?: (stack: Stack, parts: Parts) => Promise<void>;
};

/**
 * Runs Earshot from a shell until somebody stops it.
 *
 * @throws a Complaint when it cannot start or the app ends by itself; nothing is left running then
 */
export async function launch({ beside, ...options }: Options): Promise<void> {
  loadEnvFiles();
  const parts = createParts();
  stopOnSignals(parts);
  try {
    const stack = await startStack({ ...options, environment: process.env }, parts);
    await announce(stack);
    await beside?.(stack, parts);
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
