import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../local/project-folder";

/**
 * Bytes of our own build that a route's function may load before its first answer: a cold start reads and compiles all of them.
 * What few events need is loaded by those (`import()`). A bound is raised only with a reason in the commit.
 */
export const functionBounds = [
  { route: "api/webhook/[conversationUuid]", mostBytes: 1_500_000 },
  { route: "api/webhook", mostBytes: 1_500_000 },
] as const;

/** What a route's function loads at once, in the production build that lies in `.next`: the chunks its entry names. */
export function measureFunction(route: string): { eagerBytes: number; files: number } {
  const build = join(projectFolder, ".next");
  if (!existsSync(join(build, "BUILD_ID"))) throw new Error("There is no build. Run: npm run build");
  const entry = readFileSync(join(build, "server/app", route, "route.js"), "utf8");
  const chunks = [...entry.matchAll(/\bR\.c\("([^"]+)"\)/g)].map(([, chunk = ""]) => chunk);
  if (chunks.length === 0)
    throw new Error(`The entry of ${route} names no chunks: Next builds it otherwise now.`);
  const bytes = chunks.map((chunk) => statSync(join(build, chunk)).size);
  return { eagerBytes: bytes.reduce((sum, each) => sum + each, 0), files: chunks.length };
}
