import { followNpm } from "../guard/follow-npm";
import { Complaint } from "./complaint";

/**
 * Runs a script's main function. What a person can mend is said in a sentence, anything else with its stack. A script
 * does not outlive the npm that runs it.
 */
export async function runScript(main: () => Promise<void>): Promise<void> {
  followNpm();
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Complaint ? error.message : error);
    process.exitCode = 1;
  }
}
