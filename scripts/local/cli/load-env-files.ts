import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder";

/** Reads `.env.local` and `.env` as Next does: what is set already stays, and the first file wins. */
export function loadEnvFiles(): void {
  for (const name of [".env.local", ".env"]) {
    const file = join(projectFolder, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}
