import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PHASE_PRODUCTION_SERVER } from "next/constants";
import { expect, test } from "vitest";
import configure from "@/next.config.mjs";

test("caching: Next adds no-store to every response under /api", async () => {
  const rules = (await configure(PHASE_PRODUCTION_SERVER).headers?.()) ?? [];
  const rule = rules.find(({ source }) => source === "/api/:path*");
  expect(rule?.headers).toContainEqual({ key: "Cache-Control", value: "no-store" });
});

test("caching: no source sets a Cache-Control other than no-store, which Next's own header would replace", () => {
  const sources = ["app", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(folder, path)),
  );
  const others = sources.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/"cache-control"(?:: |, )"([^"]*)"/gi)]
      .map(([, value = ""]) => ({ path, value }))
      .filter(({ value }) => !value.split(", ").includes("no-store")),
  );
  expect(others).toEqual([]);
});
