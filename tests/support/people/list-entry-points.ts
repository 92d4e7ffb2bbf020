import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const appFolder = fileURLToPath(new URL("../../../app", import.meta.url));

export type EntryPoints = { pages: string[]; routes: { path: string; methods: string[] }[] };

/** Lists every page and route handler in app/, by the path under which Next serves it. */
export function listEntryPoints(): EntryPoints {
  const files = readdirSync(appFolder, { recursive: true, encoding: "utf8" });
  const named = (name: RegExp) => files.filter((file) => name.test(file));
  return {
    pages: named(/(^|\/)page\.(tsx|ts|jsx|js|mdx)$/)
      .map(toPath)
      .sort(),
    routes: named(/(^|\/)route\.(tsx|ts|js)$/)
      .map((file) => ({ path: toPath(file), methods: exportedMethods(file) }))
      .sort((a, b) => a.path.localeCompare(b.path)),
  };
}

/** `(dashboard)/calls/[callId]/page.tsx` → `/calls/[callId]`. */
function toPath(file: string): string {
  const segments = dirname(file)
    .split("/")
    .filter((segment) => segment !== "." && !/^\(.*\)$/.test(segment) && !segment.startsWith("@"));
  return `/${segments.join("/")}`;
}

function exportedMethods(file: string): string[] {
  const source = readFileSync(join(appFolder, file), "utf8");
  const exported = source.match(/^export\s+(?:async\s+function|function|const)\s*[^(=]*/gm) ?? [];
  const lists = source.match(/^export\s*(?:const\s*)?\{[^}]*\}/gm) ?? [];
  const names = [...exported, ...lists].join(" ").match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g);
  if (!names) throw new Error(`app/${file} exports no method that could be found.`);
  return [...new Set(names)].sort();
}
