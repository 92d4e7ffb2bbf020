import { readdirSync, readFileSync } from "node:fs";
import jsTokens from "js-tokens";
import { checkSync } from "recheck";
import { expect, test } from "vitest";

/** Every regular expression literal in the sources, with the files that contain it. */
function findPatterns(): Map<string, string[]> {
  const files = ["app", "components", "db", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  const found = new Map<string, string[]>();
  for (const file of [...files, "proxy.ts", "instrumentation.ts"]) {
    for (const { type, value } of jsTokens(readFileSync(file, "utf8"), { jsx: true })) {
      if (type === "RegularExpressionLiteral") found.set(value, [...(found.get(value) ?? []), file]);
    }
  }
  return found;
}

/** No time limits, only counted ones, so that a busy machine finds the same as an idle one. */
const untimed = { timeout: null, incubationTimeout: null, attackTimeout: null };

test("regular expressions: none takes more than linear time on any text", { timeout: 600_000 }, () => {
  const patterns = findPatterns();
  expect(patterns.size).toBeGreaterThan(200);
  const slow = [...patterns].flatMap(([literal, files]) => {
    const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? [];
    const { status } = checkSync(source, flags, untimed);
    return status === "safe" ? [] : [`${literal} in ${files.join(", ")}: ${status}`];
  });
  expect(slow).toEqual([]);
});
