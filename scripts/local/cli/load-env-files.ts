import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder";

/** Reads the `.env` files Next would read: what is set already stays, and the first file wins. */
export function loadEnvFiles(mode: "development" | "production" = "production"): void {
  for (const name of [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"]) {
    const file = join(projectFolder, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}
