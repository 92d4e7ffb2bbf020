import type { Browser, Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/e2e";
import type { App } from "@/tests/support/e2e/app";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";
import { startControlServer } from "@/tests/support/servers/control-server";

export type Vapi = Awaited<ReturnType<typeof startControlServer>>;

/** Adds a live call and Vapi's side of it. */
export const test = base.extend<{ vapi: Vapi; caller: Caller }>({
  /** Vapi's side of live calls. */
  vapi: async ({ app }, use) => {
    const vapi = await startControlServer(app.monitorPort);
    await use(vapi);
    vapi.stop();
  },
  /** A live call that accepts orders and can be listened to. */
  caller: async ({ postEvent, vapi }, use) => {
    const caller = createCaller(postEvent, "Booking line", { monitorOf: vapi.monitorOf });
    await caller.begins();
    await caller.says("user", "Is anybody there?");
    await use(caller);
  },
});

export const transcript = (page: Page) => page.getByRole("region", { name: "Transcript" });
export const controls = (page: Page) => page.getByRole("toolbar", { name: "Live control" });
/** The player of a call that is being listened to. */
export const listenItem = (page: Page, { callId }: Caller) => page.locator(`[data-listening="${callId}"]`);

export async function openCall(page: Page, { callId }: Caller) {
  await page.goto(`/calls/${callId}`);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
}

/** Opens a page for another person, in a separate browser context. */
export async function pageOf(browser: Browser, app: App, role: "operator" | "viewer") {
  const { cookie, email } = await inviteNewcomer(app.url, role);
  const context = await browser.newContext({
    baseURL: app.url,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { cookie },
  });
  return { context, email, page: await context.newPage() };
}

const rate = 16_000;
const frameMs = 20;

/** Sends two tones to all listeners as a call's two voices: the caller's and, at half its level, the assistant's. */
export function broadcast({ listeners }: Vapi): () => void {
  let at = 0;
  const startedAt = performance.now();
  const timer = setInterval(() => {
    for (; at * frameMs < performance.now() - startedAt; at += 1) {
      const samples = (rate * frameMs) / 1_000;
      const frame = Buffer.alloc(samples * 4);
      for (let index = 0; index < samples; index += 1) {
        const seconds = (at * samples + index) / rate;
        frame.writeInt16LE(Math.round(Math.sin(2 * Math.PI * 330 * seconds) * 12_000), index * 4);
        frame.writeInt16LE(Math.round(Math.sin(2 * Math.PI * 550 * seconds) * 6_000), index * 4 + 2);
      }
      for (const listener of listeners) if (listener.readyState === listener.OPEN) listener.send(frame);
    }
  }, frameMs);
  return () => clearInterval(timer);
}

/** On a phone, some of the actions are behind More. */
export async function act(page: Page, name: string, isMobile: boolean) {
  const button = controls(page).locator("visible=true").getByRole("button", { name, exact: true });
  if (!isMobile || (await button.count()) > 0) return button.click();
  await controls(page).locator("visible=true").getByRole("button", { name: "More actions" }).click();
  return page.getByRole("menuitem", { name, exact: true }).click();
}
