import { chromium, type Page } from "@playwright/test";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { findChromium } from "@/tests/support/browser/find-chromium";
import { signInAdmin } from "@/tests/support/e2e/sign-in-admin";
import { benchSetupToken, type startBenchStack } from "./start-bench-stack";

const adminState = ".local/bench/admin.json";

/** Opens a blank, signed-in page of the running Earshot in Chromium. `script` runs before the page's own scripts. */
export async function openPage(
  { localUrl }: Awaited<ReturnType<typeof startBenchStack>>,
  script: () => void,
  parts: Parts,
): Promise<Page> {
  await signInAdmin(localUrl, benchSetupToken, adminState);
  const { executablePath, env } = findChromium();
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, env: { ...process.env, ...env }, args });
  parts.add(() => browser.close());
  const context = await browser.newContext({
    storageState: adminState,
    baseURL: localUrl,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(script);
  return page;
}
