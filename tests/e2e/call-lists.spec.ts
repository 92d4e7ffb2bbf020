import type { Page } from "@playwright/test";
import { formatPhoneNumber } from "@/lib/format";
import { expect, test } from "@/tests/support/e2e";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";

type PostEvent = Parameters<typeof createCaller>[0];

const about = (page: Page) => page.getByRole("complementary", { name: "About this call" });
const title = (caller: Caller) => formatPhoneNumber(caller.number);
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const current = (page: Page) =>
  page.getByRole("navigation", { name: "Pages" }).locator("[aria-current=page]");
const linkTo = (page: Page, caller: Caller) => page.locator(`a[href="/calls/${caller.callId}"]`).first();

async function hadCall(postEvent: PostEvent, assistant: string): Promise<Caller> {
  const caller = createCaller(postEvent, assistant);
  await caller.begins();
  await caller.says("user", "Good morning.");
  await caller.ends("customer-ended-call");
  await caller.reports("customer-ended-call", "Greeted.");
  return caller;
}

/** Messages of another call by the same person. */
const withNumber =
  (postEvent: PostEvent, number: string): PostEvent =>
  (uuid, message) =>
    postEvent(uuid, {
      ...message,
      customer: { number },
      call: { ...("call" in message ? (message.call as object) : {}), customer: { number } },
    });

test("call page: opened from reports, it steps through that list, marks Reports in the navigation, and Back keeps the filter", async ({
  page,
  postEvent,
}) => {
  const [first, second, third] = [
    await hadCall(postEvent, "Trail"),
    await hadCall(postEvent, "Trail"),
    await hadCall(postEvent, "Trail"),
  ];
  await hadCall(postEvent, "Elsewhere");
  await page.goto("/reports?assistant=assistant-Trail");
  await linkTo(page, second).click();
  await expect(heading(page)).toContainText(title(second));
  await expect(current(page).filter({ visible: true })).toHaveText(/Reports/);

  await page.getByRole("button", { name: "Next call" }).click();
  await expect(heading(page)).toContainText(title(first));
  await expect(page.getByRole("button", { name: "Next call" })).toBeDisabled();
  await page.reload();
  await expect(current(page).filter({ visible: true })).toHaveText(/Reports/);
  await page.keyboard.press("[");
  await expect(heading(page)).toContainText(title(second));
  // Click and key in immediate succession: the tab is written to the URL a moment later.
  await about(page)
    .getByRole("tab", { name: "Events" })
    .evaluate((tab: HTMLElement) => {
      tab.click();
      requestAnimationFrame(() =>
        tab.dispatchEvent(new KeyboardEvent("keydown", { key: "[", bubbles: true })),
      );
    });
  await expect(heading(page)).toContainText(title(third));
  await expect(about(page).getByRole("tab", { name: "Events" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("]");
  await expect(heading(page)).toContainText(title(second));
  // A moment in the URL belongs to this call; only the tab is carried to the next one.
  await page.goto(`/calls/${second.callId}?tab=events&t=1`);
  await page.getByRole("button", { name: "Previous call" }).click();
  await expect(page).toHaveURL(new RegExp(`/calls/${third.callId}\\?tab=events$`));
  await page.keyboard.press("]");
  await expect(heading(page)).toContainText(title(second));

  await page.getByRole("link", { name: "Back to reports" }).click();
  await expect(page).toHaveURL(/\/reports\?assistant=assistant-Trail$/);
  await expect(linkTo(page, second)).toBeVisible();
});

test("call page: Back returns to the alerts or filtered board it was opened from, and to the board after a direct link", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent, "Ways back");
  await caller.begins();
  await caller.starts("user");
  await caller.stops("user");
  await caller.hangs();
  await page.goto(`/calls/${caller.callId}`);
  await expect(page.getByRole("link", { name: "Back to live board" })).toHaveAttribute("href", "/");
  await expect(page.getByRole("button", { name: "Next call" })).toHaveCount(0);

  await page.goto("/alerts");
  await linkTo(page, caller).click();
  await expect(current(page).filter({ visible: true })).toHaveText(/Alerts/);
  await expect(page.getByRole("link", { name: "Back to alerts" })).toHaveAttribute("href", "/alerts");

  await page.goto("/?assistant=Ways+back");
  await linkTo(page, caller).click();
  await page.getByRole("link", { name: "Back to live board" }).click();
  await expect(page).toHaveURL(/\/\?assistant=Ways\+back$/);
});

test("caller tab: earlier calls from the number are listed with end reason and reports link; viewers get no number or link", {
  tag: "@once",
}, async ({ page, browser, app, postEvent, consoleWatch }) => {
  const number = "+15550163247";
  const again = withNumber(postEvent, number);
  const [first, second] = [await hadCall(again, "First line"), await hadCall(again, "Second line")];
  const now = createCaller(again, "Third line");
  await now.begins();
  await page.goto(`/calls/${now.callId}?tab=caller`);
  await expect(about(page)).toContainText("Earlier calls2");
  await expect(about(page).getByRole("listitem")).toContainText([
    /Second line.*The caller hung up/,
    /First line.*The caller hung up/,
  ]);
  await expectAccessible(page);
  await about(page).getByRole("link", { name: "Open latest" }).click();
  await expect(page).toHaveURL(`/calls/${second.callId}?tab=caller`);
  await expect(about(page)).toContainText("Earlier calls1");
  await about(page).getByRole("link", { name: "All reports of this number" }).click();
  await expect(linkTo(page, first)).toBeVisible();
  await expect(linkTo(page, second)).toBeVisible();

  const viewer = await inviteNewcomer(app.url, "viewer");
  const context = await browser.newContext({
    baseURL: app.url,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { cookie: viewer.cookie },
  });
  await consoleWatch.watch(context);
  const theirs = await context.newPage();
  await theirs.goto(`/calls/${now.callId}?tab=caller`);
  await expect(about(theirs)).toContainText("Earlier calls2");
  await expect(about(theirs).getByRole("link", { name: "All reports of this number" })).toHaveCount(0);
  expect(await theirs.content()).not.toContain(number.slice(-7));
  await context.close();
});
