import { spawnSync } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import { projectFolder } from "@/scripts/local/project-folder";
import { readReplayOptions } from "@/scripts/replayer/cli/read-replay-options";
import { readSimulationOptions } from "@/scripts/simulator/cli/read-simulation-options";

/** Runs a script without the developer's settings; returns its output and exit code. */
function run(name: string, args: string[], settings: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", `scripts/${name}.ts`, ...args],
    {
      cwd: projectFolder,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", ...settings },
    },
  );
  return { status, said: `${stdout}${stderr}` };
}

test.each([
  ["demo", ["--calls", "many"], "--calls must be a number from 1 to 9999."],
  ["bench", ["--bogus"], "Unknown option '--bogus'"],
  ["bench", ["--rounds", "many"], "--rounds must be a number above 0."],
  ["replay", ["--bogus", "."], "Unknown option '--bogus'"],
  ["mutate", ["alerts", "nowhere"], "There is no area named nowhere."],
])("npm run %s -- %s explains the error without a stack trace", (name, args, words) => {
  const { status, said } = run(name, args, {});
  expect(status).toBe(1);
  expect(said).toContain(words);
  expect(said).not.toMatch(/^ +at /m);
});

test("npm run mutate -- --help prints its usage and ends with 0", () => {
  const { status, said } = run("mutate", ["--help"], {});
  expect([status, said]).toEqual([0, expect.stringMatching(/^npm run mutate -- \[calls\|/)]);
});

test.each([
  ["migrate", []],
  ["api-key", ["--name", "x"]],
  ["reset-link", ["--email", "ada@example.com"]],
  ["import", []],
])("scripts/%s.ts reports a malformed DATABASE_URL without printing its password", (name, args) => {
  const { status, said } = run(name, args, {
    VAPI_API_KEY: "key",
    DATABASE_URL: "postgres://earshot:hunter2#x@db.example.com/earshot",
  });
  expect(status).toBe(1);
  expect(said).toMatch(/^DATABASE_URL is not a postgres:\/\/ URL\. /);
  expect(said).not.toContain("hunter2");
});

test.each([
  ["replay", readReplayOptions, ["recorded"]],
  ["simulate", readSimulationOptions, []],
])("npm run %s posts to localhost by default, regardless of APP_URL", (_name, read, args) => {
  vi.stubEnv("APP_URL", "https://earshot.example.com");
  vi.stubEnv("VAPI_WEBHOOK_SECRET", "a-secret");
  const argv = vi.spyOn(process, "argv", "get").mockReturnValue(["node", "script", ...args]);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    argv.mockRestore();
  });
  expect(read().url).toBe("http://localhost:3000");
});

test.each([
  [[], true],
  [["--ask-tools"], false],
])("npm run simulate %j: whether the assistants' tools have their own server is %s", (args, has) => {
  vi.stubEnv("VAPI_WEBHOOK_SECRET", "a-secret");
  const argv = vi.spyOn(process, "argv", "get").mockReturnValue(["node", "script", ...args]);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    argv.mockRestore();
  });
  expect(readSimulationOptions().call.toolServer).toBe(has);
});
