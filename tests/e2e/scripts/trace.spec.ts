import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { expect, test } from "@/tests/support/e2e";

const folder = ".next/server/app/api/webhook/[conversationUuid]";
const traceSchema = z.object({ files: z.array(z.string()) });

test("build: the webhook function contains no interface code", () => {
  const trace = join(folder, "route.js.nft.json");
  const { files } = traceSchema.parse(JSON.parse(readFileSync(trace, "utf8")));
  const paths = [join(folder, "route.js"), ...files.map((file) => join(folder, file))];
  expect(paths.filter((path) => /chunks\/ssr|base-ui|lucide|recharts|react-dom/.test(path))).toEqual([]);

  const chunks = paths.filter((path) => path.includes("/chunks/") && existsSync(path));
  expect(chunks.length).toBeGreaterThan(5);
  expect(chunks.filter((path) => /className|data-testid/.test(readFileSync(path, "utf8")))).toEqual([]);
});
