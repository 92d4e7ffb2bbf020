import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const saysWhatItLoads = `
  import { register } from "node:module";
  register("data:text/javascript," + encodeURIComponent(
    "export async function load(url, context, next) { process._rawDebug(url); return next(url, context); }"
  ));`;

const starts = `
  import { startServer } from "./lib/start-server.ts";
  await startServer();
  process.exit();`;

/** Runs code with these settings, and returns the lines of its standard error. */
async function run(code: string, env: Record<string, string>): Promise<string[]> {
  const toUrl = (script: string) => `data:text/javascript,${encodeURIComponent(script)}`;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [
      ...["--conditions=react-server", "--import", "tsx", "--import", toUrl(saysWhatItLoads)],
      ...["--input-type=module", "--eval", code],
    ],
    { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
  );
  return stderr.split("\n");
}

/** The modules a server has loaded once it has started. */
async function listLoaded(env: Record<string, string>): Promise<string[]> {
  return (await run(starts, env)).filter((line) => line.startsWith("file:"));
}

/** Jobs and their dependencies, and modules that check settings or write log lines, of which the route has its own copy. */
const unneeded =
  /\/(lib\/(tick\/|env|log\.)|node_modules\/(nodemailer|@aws-sdk|libphonenumber-js|zod|pino)\/)/;

test("cold start: a function on Vercel loads no jobs, settings or heavy dependencies at start", async () => {
  const loaded = await listLoaded({ VERCEL: "1", NODE_ENV: "production" });
  expect(loaded.some((url) => url.includes("/lib/start-server.ts"))).toBe(true);
  expect(loaded.filter((url) => unneeded.test(url))).toEqual([]);
});

test("cold start: on Vercel, the first read of a wrong setting prints one line on standard error", async () => {
  const reads = `
    import { env } from "./lib/env.ts";
    try { void env.APP_URL } catch { process.exit() }`;
  const said = await run(reads, { VERCEL: "1", DATABASE_URL: "mysql://somewhere" });
  expect(said.filter((line) => line.includes("DATABASE_URL"))).toHaveLength(1);
});

test("cold start: a self-hosted server loads the tick", async () => {
  const loaded = await listLoaded({ VERCEL: "", NODE_ENV: "production" });
  expect(loaded.some((url) => url.includes("/lib/tick/server/tick.ts"))).toBe(true);
});
