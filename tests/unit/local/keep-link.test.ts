import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepLink } from "@/scripts/local/stack/launch";

const link = "http://localhost:3000/welcome#token=only-for-its-owner";
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "earshot-link-"));
  file = join(folder, ".local/setup-link");
});
afterEach(() => rmSync(folder, { recursive: true }));

const mode = () => (statSync(file).mode & 0o777).toString(8);

test("start: the setup link is written to a file that only its owner can read, and not to the log", () => {
  const said = keepLink(link, "http://localhost:3000", folder);
  expect(readFileSync(file, "utf8")).toBe(`${link}\n`);
  expect(mode()).toBe("600");
  expect(said).not.toContain("only-for-its-owner");
  expect(said).toContain(".local/setup-link");
});

test("start: a setup link file that others can read becomes readable by its owner only", () => {
  mkdirSync(join(folder, ".local"));
  writeFileSync(file, "an earlier link");
  chmodSync(file, 0o644);
  keepLink(link, "http://localhost:3000", folder);
  expect(mode()).toBe("600");
  expect(readFileSync(file, "utf8")).toBe(`${link}\n`);
});
