import { existsSync } from "node:fs";
import { join } from "node:path";
import { followNpm } from "../guard/follow-npm";
import { projectFolder } from "../project-folder";
import { UsageError } from "./read-options";

/**
 * Runs a script's main function. What a person can mend is said in a sentence, anything else with its stack. A script
 * does not outlive the npm that runs it.
 */
export async function runScript(main: () => Promise<void>): Promise<void> {
  followNpm();
  try {
    await main();
  } catch (error) {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = 1;
  }
}

/** Reads the `.env` files Next would read: what is set already stays, and the first file wins. */
export function loadEnvFiles(mode: "development" | "production" = "production"): void {
  for (const name of [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"]) {
    const file = join(projectFolder, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}
