import type { Page } from "@playwright/test";
import { formatPhoneNumber } from "@/lib/format";
import { expect, test } from "@/tests/support/e2e";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";

const transcript = (page: Page) => page.getByRole("region", { name: "Transcript" });

async function openCall(page: Page, caller: Caller) {
  await page.goto(`/calls/${caller.callId}`);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
}

test("transcript: a partial appears live, is replaced in place, and gives way to its line", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openCall(page, caller);
  await caller.starts("user");
  await caller.isSaying("user", "a medical phone");
  await expect(page.getByTestId("partial")).toHaveText("a medical phone");
  await caller.isSaying("user", "a medical follow-up");
  await expect(page.getByTestId("partial")).toHaveText("a medical follow-up");
  await caller.says("user", "A medical follow-up, please.");
  await expect(transcript(page).getByRole("listitem")).toHaveText([/Caller.*A medical follow-up, please\.$/]);
  await expect(page.getByTestId("partial")).toHaveCount(0);
});

test("transcript: consecutive lines of one speaker form one bubble, and a tool call appears in order", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openCall(page, caller);
  await caller.says("assistant", "I'm calling about your claim and");
  await caller.says("assistant", "would like to check one thing.");
  await caller.asksTool("find_claim");
  await caller.says("assistant", "Found it.");
  await expect(transcript(page).getByRole("listitem")).toHaveText([
    /claim and would like to check one thing\.$/,
    /find_claim/,
    /Found it\.$/,
  ]);
});

test("call page: events missed while realtime is down appear once it is back", { tag: "@once" }, async ({
  page,
  postEvent,
  realtime,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openCall(page, caller);
  await caller.says("user", "Before.");
  await expect(transcript(page)).toContainText("Before.");

  await realtime.stop();
  await caller.says("user", "Meanwhile.");
  await caller.starts("assistant");
  await realtime.start();
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected", {
    timeout: 20_000,
  });
  await expect(transcript(page)).toContainText("Before. Meanwhile.");
  await expect(page.locator("main header")).toContainText("Assistant speaking");
  await caller.says("assistant", "After.");
  await expect(transcript(page)).toContainText("After.");
});

test("call page: an open live call becomes its report after the call ends, without a reload", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openCall(page, caller);
  await caller.says("user", "Thank you, bye.");
  await caller.ends("customer-ended-call");
  const about = page.getByRole("complementary", { name: "About this call" });
  await expect(about).toContainText("The caller hung up");
  await expect(about).toContainText("Ended well");
  await caller.reports("customer-ended-call", "The caller moved an appointment.");
  await expect(about).toContainText("The caller moved an appointment.");
  await about.getByRole("tab", { name: "Performance" }).click();
  await expect(about).toContainText("Language model$0.07");
  await expect(transcript(page)).toContainText("Thank you, bye.");
});

test("call page: without JavaScript, the page shows caller and transcript, and the board shows the last line", {
  tag: "@once",
}, async ({ browser, app, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.says("user", "Can you hear me?");
  const context = await browser.newContext({
    baseURL: app.url,
    storageState: app.adminState,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(`/calls/${caller.callId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(formatPhoneNumber(caller.number));
  await expect(transcript(page)).toContainText("Can you hear me?");
  await page.goto("/");
  await expect(page.locator(`[data-call="${caller.callId}"]`)).toContainText("Can you hear me?");
  await context.close();
});

test("transcript: after the reader scrolls up, a new line is offered by a button that leads to it", async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  for (let line = 1; line <= 24; line += 1) {
    await caller.says(line % 2 ? "user" : "assistant", `This is line number ${line}.`);
  }
  await openCall(page, caller);
  await expect(page.getByText("line number 24.")).toBeInViewport();
  await transcript(page).evaluate((region) => region.scrollTo({ top: 0 }));
  await caller.says("user", "One more line.");
  await page.getByRole("button", { name: "New lines" }).click();
  await expect(page.getByText("One more line.")).toBeInViewport();
});

test("timeline: the Home key on the position slider leads to the first line", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  for (let line = 1; line <= 24; line += 1) {
    await caller.says(line % 2 ? "user" : "assistant", `This is line number ${line}.`);
  }
  await caller.stops("user");
  await openCall(page, caller);
  const position = page.getByRole("slider", { name: "Position in the call" });
  await position.press("Home");
  await expect(page.getByText("line number 1.")).toBeInViewport();
  await expect(page.getByRole("img", { name: /Speech timeline: 1 turns/ })).toBeVisible();
});

test("call page: other people with the call open are shown on its page and on the board", {
  tag: "@once",
}, async ({ page, browser, app, postEvent, consoleWatch }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openCall(page, caller);
  const { cookie } = await inviteNewcomer(app.url, "operator");
  const other = await browser.newContext({
    baseURL: app.url,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { cookie },
  });
  await consoleWatch.watch(other);
  const theirs = await other.newPage();
  await theirs.goto(`/calls/${caller.callId}`);
  await expect(page.locator("main header")).toContainText("New operator");
  await expect(theirs.locator("main header")).toContainText("Ada Admin");

  await page.goto("/");
  await expect(page.locator(`[data-call="${caller.callId}"]`)).toContainText("New operator");
  await other.close();
  await expect(page.locator(`[data-call="${caller.callId}"]`)).not.toContainText("New operator");
});

test("call page: an open alert and its actions stay in view while the page scrolls", async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await caller.says("user", "Hello?");
  await caller.stops("user");
  await caller.hangs();
  await openCall(page, caller);
  const alerts = page.getByRole("list", { name: "Open alerts of this call" });
  await expect(alerts).toContainText("Hanging");
  await page.getByRole("main").evaluate((main) => main.scrollTo({ top: main.scrollHeight }));
  await expect(alerts.getByRole("button", { name: /^Acknowledge/ })).toBeInViewport();
  await expectAccessible(page);
});

test("call page: a 147-letter word wraps, Hebrew text runs right to left, and an outbound call shows a recipient, not a caller", async ({
  page,
  postEvent,
}) => {
  const outbound: typeof postEvent = (uuid, message) =>
    postEvent(uuid, {
      ...message,
      call: { ...("call" in message ? (message.call as object) : {}), type: "outboundPhoneCall" },
    });
  const caller = createCaller(outbound);
  await caller.begins();
  const word = "Donaudampfschifffahrt".repeat(7);
  await caller.says("assistant", word);
  await caller.says("user", "שלום, אני רוצה לשנות את התור שלי");
  await caller.says("assistant", "Yes.");
  await openCall(page, caller);
  await expect(page.getByText("שלום")).toHaveCSS("direction", "rtl");
  const region = await transcript(page).boundingBox();
  const bubble = await transcript(page).getByText(word).boundingBox();
  expect(bubble?.width).toBeLessThan(region?.width ?? 0);
  expect(bubble?.height).toBeGreaterThan(40);
  await expect(transcript(page).getByText("Yes.")).toBeInViewport();
  await expect(transcript(page).getByRole("listitem").nth(1)).toContainText("Recipient");
  await expect(page.getByRole("tab", { name: "Recipient" })).toBeVisible();
  await expect(page.getByText("Caller", { exact: true })).toHaveCount(0);
});

test("call page: an unknown call ID returns 404 and shows Call not found", { tag: "@once" }, async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/status of 404/);
  const response = await page.goto("/calls/no-such-call");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Call not found" })).toBeVisible();
});

test("call page: a live call and its report are accessible in both themes", async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await caller.says("user", "Hello?");
  await caller.stops("user");
  await caller.asksTool("find_claim");
  await caller.hangs();
  await openCall(page, caller);
  await page.getByText("Turns as a table").click();
  await expectAccessible(page);
  await caller.ends("silence-timed-out");
  await caller.reports("silence-timed-out", "Nobody spoke.");
  await expect(page.getByText("Caller gave up")).toBeVisible();
  await expectAccessible(page);
});
