import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { npmChromium } from "./npm-chromium";

export type Browser = {
  executablePath: string;
  /** Variables it needs in addition to our own. */
  env: Record<string, string>;
};

/**
 * Finds a Chromium for the tests without a download: Playwright's own if it is installed, else the system's, else the
 * one that npm installed.
 */
export function findChromium(): Browser {
  const own = chromium.executablePath();
  const installed = existsSync(own) ? own : findProgram(["chromium", "chromium-browser", "google-chrome"]);
  return installed ? { executablePath: installed, env: {} } : npmChromium();
}

function findProgram(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}
