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

/** What a server has loaded of ours once it has started. */
async function listLoaded(env: Record<string, string>): Promise<string[]> {
  const toUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [
      ...["--conditions=react-server", "--import", "tsx", "--import", toUrl(saysWhatItLoads)],
      ...["--input-type=module", "--eval", starts],
    ],
    { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
  );
  return stderr.split("\n").filter((line) => line.startsWith("file:"));
}

const ofJobs = /\/(lib\/tick|nodemailer|@aws-sdk|libphonenumber-js)\//;

test("cold start: a function of Vercel loads nothing of the jobs that a cron runs", async () => {
  const loaded = await listLoaded({ VERCEL: "1", NODE_ENV: "production" });
  expect(loaded.some((url) => url.includes("/lib/start-server.ts"))).toBe(true);
  expect(loaded.filter((url) => ofJobs.test(url))).toEqual([]);
});

test("cold start: a server of its own loads its jobs, for it ticks", async () => {
  const loaded = await listLoaded({ VERCEL: "", NODE_ENV: "production" });
  expect(loaded.some((url) => url.includes("/lib/tick/server/tick.ts"))).toBe(true);
});
