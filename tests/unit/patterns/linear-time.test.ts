import { readdirSync, readFileSync } from "node:fs";
import jsTokens from "js-tokens";
import { checkSync } from "recheck";
import { expect, test } from "vitest";

/** Every pattern that stands in the sources, with the files it stands in. */
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

/** Its limits are counted in characters read, so that a busy machine finds what an idle one does. */
const untimed = { timeout: null, incubationTimeout: null, attackTimeout: null };

test("patterns: none takes more than linear time, whatever text it is given", { timeout: 600_000 }, () => {
  const patterns = findPatterns();
  expect(patterns.size).toBeGreaterThan(200);
  const slow = [...patterns].flatMap(([literal, files]) => {
    const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? [];
    const { status } = checkSync(source, flags, untimed);
    return status === "safe" ? [] : [`${literal} in ${files.join(", ")}: ${status}`];
  });
  expect(slow).toEqual([]);
});
