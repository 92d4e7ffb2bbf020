import { existsSync } from "node:fs";
import { join } from "node:path";
import { followNpm } from "../guard/follow-npm";
import { projectFolder } from "../project-folder";
import { UsageError } from "./read-options";

/**
 * Runs a script's main function. Prints a UsageError as a sentence and any other error with its stack. A script does
 * not outlive the npm that runs it.
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

/** Loads the `.env` files Next would load: variables already set stay, and the first file wins. */
export function loadEnvFiles(mode: "development" | "production" = "production"): void {
  for (const name of [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"]) {
    const file = join(projectFolder, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}
