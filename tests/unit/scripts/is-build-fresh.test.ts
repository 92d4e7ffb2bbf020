import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isBuildFresh } from "@/scripts/local/stack/start-stack";

/** A project whose sources are an hour old and whose build is half an hour old. */
function makeProject() {
  const project = mkdtempSync(join(tmpdir(), "earshot-build-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  for (const folder of ["app", "lib", "docs", "tests", ".next"]) mkdirSync(join(project, folder));
  const unread = ["tests/a.test.ts", "docs/a.json", "CHANGELOG.md"];
  const paths = ["package-lock.json", "app/page.tsx", "lib/old.ts", ...unread, ".next/BUILD_ID"];
  for (const path of paths) writeFileSync(join(project, path), "");
  const age = (path: string, minutes: number) => {
    const at = new Date(Date.now() - minutes * 60_000);
    utimesSync(join(project, path), at, at);
  };
  for (const path of [...paths, "app", "lib", "docs", "tests"])
    age(path, path === ".next/BUILD_ID" ? 30 : 60);
  return { project, age, unread };
}

test("build: a build newer than every source is reused", () => {
  const { project, age, unread } = makeProject();
  for (const path of unread) age(path, 0); // a build reads neither tests nor docs
  expect(isBuildFresh(project)).toBe(true);
});

test.each(["app/page.tsx", "package-lock.json"])("build: a change to %s requires a new build", (path) => {
  const { project, age } = makeProject();
  age(path, 0);
  expect(isBuildFresh(project)).toBe(false);
});

test("build: a deleted file requires a new build", () => {
  const { project } = makeProject();
  rmSync(join(project, "lib/old.ts"));
  expect(isBuildFresh(project)).toBe(false);
});

test("build: a missing build is not fresh", () => {
  const { project } = makeProject();
  rmSync(join(project, ".next/BUILD_ID"));
  expect(isBuildFresh(project)).toBe(false);
});
