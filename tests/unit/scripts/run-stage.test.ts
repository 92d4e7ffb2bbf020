import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { projectFolder } from "@/scripts/local/project-folder";
import { createParts } from "@/scripts/local/stack/create-parts";
import { runStage, type Tally } from "@/scripts/testing/stages";
import { npmChromium } from "@/tests/support/browser/npm-chromium";

const works = ["tsc", "--version"];
const fails = ["tsc", "--no-such-option"];

/** A report that always exists, with the given numbers. */
const reporting = (tally: Tally) => ({ file: "test-results/unit-of-run-stage.json", read: () => tally });

const run = (commands: string[][]) => runStage({ name: "stage", commands }, createParts());

test("npm test: a stage without its own tests counts as one test", async () => {
  expect(await run([works, works])).toEqual({ passed: 1, failed: 0 });
  expect(await run([fails, works])).toEqual({ passed: 0, failed: 1 });
});

test("npm test: a platform for which npm has no browser is told how to get one", () => {
  expect(() => npmChromium({ platform: "darwin", arch: "arm64" })).toThrow(
    "npm has no Chromium for darwin arm64. Run: npx playwright install chromium",
  );
});

test("npm test: a stage without a report fails, even if its command succeeds", async () => {
  const report = reporting({ passed: 5, failed: 0 });
  expect(await runStage({ name: "stage", commands: [works], report }, createParts())).toEqual({
    passed: 0,
    failed: 1,
  });
});

test.each([
  ["npm test: an interrupted run ends with 128 and the signal's number", "SIGINT", false, 130],
  ["npm test: a terminated run ends with 128 and the signal's number", "SIGTERM", false, 143],
  ["npm start: Ctrl-C is the usual end", "SIGINT", true, 0],
] as const)("%s", async (_, signal, isUsualEnd, exitCode) => {
  const program = `
    import { createParts, stopOnSignals } from "./scripts/local/stack/create-parts.ts";
    stopOnSignals(createParts(), { isUsualEnd: ${isUsualEnd} });
    setInterval(() => {}, 60_000);
    console.log("ready");`;
  const script = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(script.stdout, "data");
  script.kill(signal);
  expect(await once(script, "exit")).toEqual([exitCode, null]);
});
