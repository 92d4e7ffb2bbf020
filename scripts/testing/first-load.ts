import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { projectFolder } from "../local/project-folder";

/**
 * Kilobytes (1,024 bytes) of gzipped script that a page may load before it is usable. Raise a limit only with a reason
 * in the commit. Code needed later (dialogs, menus, side panels) loads later.
 */
export const firstLoadPages = [
  { page: "/", file: "(dashboard)/page", mostKb: 250 },
  { page: "/calls/[callId]", file: "(dashboard)/calls/[callId]/page", mostKb: 335 },
  { page: "/reports", file: "(dashboard)/reports/page", mostKb: 330 },
] as const;

const buildSchema = z.object({ rootMainFiles: z.array(z.string()) });

/** Part of a page's manifest: the scripts that its HTML loads, per layout, error page and page. */
const manifestSchema = z.object({
  __RSC_MANIFEST: z.record(z.string(), z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())) })),
});

/** Returns the gzipped script, in kilobytes, that the HTML of a page loads in the production build in `.next`. */
export function measureFirstLoad(file: string): number {
  const build = join(projectFolder, ".next");
  if (!existsSync(join(build, "BUILD_ID"))) throw new Error("There is no build. Run: npm run build");
  const read = (path: string) => readFileSync(join(build, path), "utf8");
  const { rootMainFiles } = buildSchema.parse(JSON.parse(read("build-manifest.json")));
  const scripts = new Set(rootMainFiles);
  // The manifest is a script that assigns to globalThis.
  const context = { globalThis: {} };
  runInNewContext(read(`server/app/${file}_client-reference-manifest.js`), context);
  for (const { entryJSFiles } of Object.values(manifestSchema.parse(context.globalThis).__RSC_MANIFEST))
    for (const files of Object.values(entryJSFiles)) for (const script of files) scripts.add(script);
  const bytes = [...scripts].map((script) => gzipSync(read(script)).length);
  return bytes.reduce((sum, each) => sum + each, 0) / 1_024;
}

/**
 * Bytes of our own build that a route's function may load before its first response: a cold start reads and compiles all of them.
 * Code that few events need is loaded by those (`import()`). Raise a limit only with a reason in the commit.
 */
export const functionBounds = [
  { route: "api/webhook/[conversationUuid]", mostBytes: 1_500_000 },
  { route: "api/webhook", mostBytes: 1_500_000 },
] as const;

/** Measures what a route's function loads at once in the production build in `.next`: the chunks its entry names. */
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
