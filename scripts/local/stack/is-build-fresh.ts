import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder";

/** What a build does not read, or writes itself. */
const ignored = new Set(["node_modules", "tests", "scripts", "test-results", "next-env.d.ts", "README.md"]);

/** Whether `.next` holds a build newer than every source file, setting and dependency. */
export function isBuildFresh(project = projectFolder): boolean {
  const buildId = join(project, ".next", "BUILD_ID");
  return existsSync(buildId) && !hasNewer(project, statSync(buildId).mtimeMs);
}

/** A folder counts too: its time changes when a file leaves it. */
function hasNewer(folder: string, thanMs: number): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (ignored.has(entry.name) || entry.name.startsWith(".") || entry.name.endsWith(".tsbuildinfo"))
      return false;
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > thanMs) return true;
    return entry.isDirectory() && hasNewer(path, thanMs);
  });
}
