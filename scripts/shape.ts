import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Limits behind the file rules of CONTRIBUTING.md, checked by `npm run check`: a file is one concept, and a folder can
 * be read at a glance. Raise a limit only with a reason in the commit.
 */
const bounds = {
  files: 1_200,
  medianLines: { min: 45, max: 70 },
  p90Lines: 175,
  maxLines: 300,
  /** Percentage of files with 20 lines or fewer, not counting routes and pages. */
  smallPercent: 20,
  /** Imports of our own modules per 100 lines; 2 % of them are the route list behind the OpenAPI document. */
  imports: 6.5,
  filesPerFolder: 25,
};

const small = 20;
const isRoute = (path: string) => /^app\/.*(route|page|layout|loading|error|not-found)\.tsx?$/.test(path);

interface SourceFile {
  path: string;
  lines: number;
  imports: number;
}

function readSources(): SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "*.ts", "*.tsx", "*.mjs"], { encoding: "utf8" });
  return listed
    .trim()
    .split("\n")
    .filter((path) => !path.startsWith("tests/"))
    .map((path) => {
      const text = readFileSync(path, "utf8");
      return {
        path,
        lines: text.split("\n").length - 1,
        imports: text.match(/from "(@\/|\.)/g)?.length ?? 0,
      };
    });
}

function measure(files: readonly SourceFile[]) {
  const lines = files.map((file) => file.lines).sort((a, b) => a - b);
  const at = (share: number) => lines[Math.floor(lines.length * share)] ?? 0;
  const others = files.filter(({ path }) => !isRoute(path));
  const total = lines.reduce((sum, count) => sum + count, 0);
  const folders = new Map<string, number>();
  for (const { path } of files) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
  return {
    files: files.length,
    medianLines: at(0.5),
    p90Lines: at(0.9),
    maxLines: at(1 - Number.EPSILON),
    smallPercent: (100 * others.filter((file) => file.lines <= small).length) / others.length,
    imports: (100 * files.reduce((sum, file) => sum + file.imports, 0)) / total,
    filesPerFolder: Math.max(...folders.values()),
  };
}

const found = measure(readSources());
const rows = Object.entries(bounds).map(([name, bound]) => {
  const value = found[name as keyof typeof bounds];
  const { min, max } = typeof bound === "number" ? { min: 0, max: bound } : bound;
  return { name, value: Math.round(value * 10) / 10, bound, isKept: value >= min && value <= max };
});
for (const { name, value, bound, isKept } of rows) {
  const text = typeof bound === "number" ? `at most ${bound}` : `${bound.min} to ${bound.max}`;
  console.log(`${isKept ? "ok  " : "FAIL"} ${name.padEnd(16)} ${String(value).padStart(6)}   ${text}`);
}
if (rows.some(({ isKept }) => !isKept)) process.exitCode = 1;
