import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("Grafana dashboard: every metric it uses exists in /metrics", () => {
  const dashboard = readFileSync("docs/grafana-dashboard.json", "utf8");
  const asked = new Set([...dashboard.matchAll(/\bearshot_([a-z_]+)/g)].map(([, name]) => name));
  const source = readFileSync("lib/health/server/metrics.ts", "utf8");
  const said = new Set([...source.matchAll(/gauge\(\s*"([a-z_]+)"/g)].map(([, name]) => name));
  expect([...asked].filter((name) => !said.has(name))).toEqual([]);
  expect(asked.size).toBeGreaterThan(5);
});
