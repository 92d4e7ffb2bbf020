import type { Page } from "@playwright/test";
import postgres from "postgres";
import { formatPhoneNumber } from "@/lib/format";
import { waitUntil } from "@/scripts/local/wait-until";
import { expect, test } from "@/tests/support/e2e";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { installSlowClock, runUntil } from "@/tests/support/e2e/slow-clock";

const open = (page: Page) => page.getByRole("list", { name: "Open alerts" });
const alertOf = (page: Page, { callId }: Caller) =>
  open(page)
    .getByRole("listitem")
    .filter({ has: page.locator(`[href="/calls/${callId}"]`) });
const pastOf = (page: Page, { callId }: Caller) =>
  page
    .getByRole("list", { name: "Past alerts" })
    .getByRole("listitem")
    .filter({ has: page.locator(`[href="/calls/${callId}"]`) });

async function openAlerts(page: Page) {
  await page.goto("/alerts");
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
}

type PostEvent = Parameters<typeof createCaller>[0];

/** A caller left waiting by the assistant. */
async function hang(postEvent: PostEvent): Promise<Caller> {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await caller.stops("user");
  await caller.hangs();
  return caller;
}

test("alerts: a hang appears without a reload, counts its warnings, and recovers when the assistant speaks", async ({
  page,
  postEvent,
}) => {
  await openAlerts(page);
  const caller = await hang(postEvent);
  const alert = alertOf(page, caller);
  await expect(alert).toContainText("Hanging");
  await expect(alert).toContainText(formatPhoneNumber(caller.number));
  await expect(alert).toContainText("Not acknowledged");
  await caller.hangs();
  await expect(alert).toContainText("2 warnings");
  await caller.starts("assistant");
  await expect(alert).toHaveCount(0);
  await expect(pastOf(page, caller)).toContainText("Recovered");
  await expect(pastOf(page, caller)).toContainText("never acknowledged");
});

test("alerts: when two pages acknowledge at once, the second shows who was first, and the activity lists one acknowledgement", {
  tag: "@once",
}, async ({ page, browser, postEvent }) => {
  const caller = await hang(postEvent);
  const other = await (await browser.newContext()).newPage();
  await openAlerts(page);
  await openAlerts(other);
  // The other person's click is answered only after the first has acknowledged.
  let letGo = () => {};
  const first = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await other.route("**/acknowledge", async (route) => {
    await first;
    await route.continue();
  });
  const button = (on: Page) => alertOf(on, caller).getByRole("button", { name: /^Acknowledge/ });
  await button(other).click();
  await expect(alertOf(other, caller)).toContainText("Acknowledged");
  const answered = page.waitForResponse("**/acknowledge");
  await button(page).click();
  // Until the response, the page shows the action optimistically.
  expect((await answered).status()).toBe(200);
  await expect(alertOf(page, caller)).toContainText("Acknowledged by Ada Admin");
  await expect(alertOf(page, caller).getByRole("list", { name: "Activity" })).toContainText("acknowledged");
  letGo();
  await expect(other.getByText("Ada Admin already acknowledged this alert.")).toBeVisible();
  await expect(
    alertOf(other, caller).getByRole("list", { name: "Activity" }).getByRole("listitem"),
  ).toHaveCount(1);
  await other.context().close();
});

test("alerts: an action that fails on the server is undone on the page, and the reason is shown", {
  tag: "@once",
}, async ({ page, postEvent, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource/);
  const caller = await hang(postEvent);
  await openAlerts(page);
  await page.route("**/snooze", (route) =>
    route.fulfill({ status: 503, json: { title: "Unavailable", detail: "The database is asleep." } }),
  );
  await alertOf(page, caller)
    .getByRole("button", { name: /^Snooze/ })
    .click();
  await page.getByRole("menuitem", { name: "5 minutes", exact: true }).click();
  await expect(page.getByText("The database is asleep.")).toBeVisible();
  await expect(alertOf(page, caller)).toContainText("Not acknowledged");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("The database is asleep.")).toHaveCount(0);
});

test("alerts: the text of a note or resolution that was not saved is offered again until it is saved", {
  tag: "@once",
}, async ({ page, postEvent, consoleWatch }) => {
  consoleWatch.allow(/Failed to load resource/);
  const caller = await hang(postEvent);
  await openAlerts(page);
  const dialog = page.getByRole("dialog");
  const field = dialog.getByRole("textbox");
  for (const kind of ["Note", "Resolve"]) {
    const button = alertOf(page, caller).getByRole("button", { name: new RegExp(`^${kind}: `) });
    const confirm = dialog.getByRole("button", { name: /^(Save note|Resolve)$/ });
    const path = `**/api/alerts/*/${kind.toLowerCase()}`;
    await page.route(path, (route) => route.abort());
    await button.click();
    await field.fill(`${kind}: called them back.`);
    await confirm.click();
    await expect(page.getByText("Earshot cannot be reached.")).toBeVisible();
    await button.click();
    await expect(field).toHaveValue(`${kind}: called them back.`);
    await page.unroute(path);
    const saved = page.waitForResponse(path);
    await confirm.click();
    expect((await saved).status()).toBe(200);
  }
  await pastOf(page, caller)
    .getByRole("button", { name: /^Note: / })
    .click();
  await expect(field).toHaveValue("");
});

test("alerts: an alert can be assigned, snoozed and resolved, and the history shows the assignment, resolution and note", async ({
  page,
  postEvent,
}) => {
  const caller = await hang(postEvent);
  await openAlerts(page);
  const alert = alertOf(page, caller);
  await alert.getByRole("button", { name: /^Assign/ }).click();
  await page.getByRole("menuitem", { name: "Assign to me" }).click();
  await expect(alert).toContainText("assigned to Ada Admin");
  await alert.getByRole("button", { name: /^Snooze/ }).click();
  await page.getByRole("menuitem", { name: "15 minutes" }).click();
  await expect(alert).toContainText("Snoozed until");
  await alert.getByRole("button", { name: /^Resolve/ }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Called them back.");
  const answered = page.waitForResponse("**/resolve");
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await expect(alert).toHaveCount(0);
  // Until the response, the page shows the action optimistically.
  expect((await answered).status()).toBe(200);
  await page.reload();
  await expect(pastOf(page, caller)).toContainText("Resolved by Ada Admin");
  await expect(pastOf(page, caller)).toContainText("Called them back.");
  await expect(pastOf(page, caller)).toContainText("assigned Ada Admin");
});

test("alerts: a recovered alert keeps its place for 3 s after the pointer moves, so the content below does not shift", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  const caller = await hang(postEvent);
  await openAlerts(page);
  const filter = page.getByRole("button", { name: "Filter", exact: true });
  await expect(alertOf(page, caller).getByRole("button", { name: /^Say/ })).toBeVisible();
  await alertOf(page, caller).hover();
  await filter.hover();
  const top = () => filter.evaluate((button) => button.getBoundingClientRect().top);
  const before = await top();
  await caller.starts("assistant");
  await expect(pastOf(page, caller)).toBeVisible();
  await expect(alertOf(page, caller)).toBeVisible();
  expect(await top()).toBe(before);
  await page.clock.fastForward(3_000);
  await expect(alertOf(page, caller)).toHaveCount(0);
});

test("alerts: the history can be filtered by assignee; the filter is in the URL, survives a reload, and can be cleared", async ({
  page,
  postEvent,
}) => {
  const [mine, other] = [await hang(postEvent), await hang(postEvent)];
  await openAlerts(page);
  await alertOf(page, mine)
    .getByRole("button", { name: /^Assign/ })
    .click();
  await page.getByRole("menuitem", { name: "Assign to me" }).click();
  await expect(alertOf(page, mine)).toContainText("assigned to");
  for (const caller of [mine, other]) await caller.starts("assistant");
  await expect(pastOf(page, mine)).toBeVisible();
  await expect(pastOf(page, other)).toBeVisible();
  // If the list was held, the content below it moves up now.
  await expect(alertOf(page, mine)).toHaveCount(0);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("option", { name: "Owner" }).click();
  await page.getByRole("option", { name: "Ada Admin" }).click();
  await expect(pastOf(page, other)).toHaveCount(0);
  await expect(pastOf(page, mine)).toBeVisible();
  await expect(page).toHaveURL(/owner=/);
  await page.reload();
  await expect(pastOf(page, mine)).toBeVisible();
  await expect(pastOf(page, other)).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(pastOf(page, other)).toBeVisible();
});

test("alerts: an alert can be assigned, acknowledged and resolved with the keyboard alone", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  // Calls of other tests are still open, and each of their alerts takes one more key press.
  test.slow();
  const caller = await hang(postEvent);
  await openAlerts(page);
  const alert = alertOf(page, caller);
  const link = alert.getByRole("link");
  await expect(alert).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(link).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [20] });
  await page.keyboard.press("m");
  await expect(alert).toContainText("assigned to Ada Admin");
  await page.keyboard.press("a");
  await expect(alert).toContainText("Acknowledged by Ada Admin");
  await expect(link).toBeFocused();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("By keyboard.");
  await page.keyboard.press("Control+Enter");
  await expect(alert).toHaveCount(0);
  await expect(pastOf(page, caller)).toContainText("By keyboard.");
});

test("alerts: a list of 300 renders fewer than 60 rows, keys move beyond them, and an open dialog survives scrolling", {
  tag: "@once",
}, async ({ page, postEvent, app }) => {
  test.slow();
  const { callId } = await hang(postEvent);
  const sql = postgres(app.databaseUrl, { max: 1 });
  const isNoticed = async () => (await sql`select from alerts where call_id = ${callId}`).length > 0;
  await waitUntil("the first alert to be noticed", isNoticed);
  // With their alerts: to notice 300 at once keeps the app busy for seconds on a slow machine.
  await sql.begin(async (tx) => {
    await tx`
      insert into calls
      select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'customer_number', '+1555' || lpad(n::text, 7, '0')))).*
      from calls c, generate_series(1, 299) n where c.id = ${callId}`;
    await tx`
      insert into marks
      select (jsonb_populate_record(m, jsonb_build_object('call_id', c.id))).*
      from marks m, calls c where m.call_id = ${callId} and c.id <> ${callId}`;
    await tx`
      insert into alerts
      select (jsonb_populate_record(a, jsonb_build_object('call_id', c.id, 'id', c.id || substring(a.id from '~.*')))).*
      from alerts a, calls c where a.call_id = ${callId} and c.id <> ${callId}`;
  });
  await sql.end();
  await openAlerts(page);
  const rows = open(page).locator(":scope > li");
  const row = (place: number) => open(page).locator(`:scope > li[aria-posinset="${place}"]`);
  await expect(row(1)).toHaveAttribute("aria-setsize", "300");
  expect(await rows.count()).toBeLessThan(60);
  for (let place = 1; place <= 70; place += 1) await page.keyboard.press("j");
  await expect(row(70).getByRole("link")).toBeFocused();
  await expect(row(70)).toBeInViewport();
  expect(await rows.count()).toBeLessThan(60);

  await page.keyboard.press("e");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.type("Called back.");
  // While the dialog is open the list has no role.
  await page.locator("#main").evaluate((main) => main.scrollTo(0, 200 * 84));
  await expect(page.locator('[data-alert][aria-posinset="200"]')).toBeAttached();
  await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue("Called back.");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("k");
  await expect(row(69).getByRole("link")).toBeFocused();
  await expect(row(69)).toBeInViewport();
});

test("alerts: a new alert is announced by live region, notification, sound, title and icon; after a reload it rings without a notification", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.addInitScript(() => {
    const told = { notifications: [] as string[], tones: 0 };
    Object.assign(window, { told });
    class RecordedNotification {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor(title: string) {
        told.notifications.push(title);
      }
    }
    Object.assign(window, { Notification: RecordedNotification });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      told.tones += 1;
      return start.call(this, when);
    };
  });
  const told = () =>
    page.evaluate(() => (window as unknown as { told: { notifications: string[]; tones: number } }).told);
  await openAlerts(page);
  await page.getByRole("button", { name: /^Alarm:/ }).click();
  await page.getByLabel("Sound", { exact: true }).check();
  await page.getByLabel("Notification while Earshot is open").check();
  await page.keyboard.press("Escape");

  const caller = await hang(postEvent);
  const sentence = `Call from ${formatPhoneNumber(caller.number)} is hanging`;
  await expect(page.getByRole("alert").filter({ hasText: sentence })).toHaveCount(1);
  await expect.poll(async () => (await told()).notifications).toEqual([sentence]);
  await expect.poll(async () => (await told()).tones).toBeGreaterThan(0);
  await expect(page).toHaveTitle(/^\(\d+\) Alerts/);
  await expect(page.locator("link[rel=icon][href^='data:image/svg']")).toHaveCount(1);

  await page.reload();
  await expect(alertOf(page, caller)).toBeVisible();
  await expect(page).toHaveTitle(/^\(\d+\) Alerts/);
  // Alerts open at page load are not announced, but ring once the browser allows sound.
  await page.keyboard.press("Shift");
  await expect.poll(async () => (await told()).tones).toBeGreaterThan(0);
  expect((await told()).notifications).toEqual([]);
});

/** Counts the tones a page plays. */
function countTones(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    Object.assign(window, { tones: 0 });
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      Object.assign(window, { tones: (window as unknown as { tones: number }).tones + 1 });
      return start.call(this, when);
    };
  });
}

const tones = (page: Page) => page.evaluate(() => (window as unknown as { tones: number }).tones);

/**
 * Switches the alarm's sound on and enforces the autoplay rule (no click, no sound), because browsers count
 * Playwright's evaluations as user gestures. `isForEver`: a click does not help either.
 */
function blockSound(page: Page, isForEver = false): Promise<unknown> {
  return page.addInitScript((isForEver) => {
    localStorage.setItem("earshot.alarm", JSON.stringify({ sound: true }));
    let isClicked = false;
    window.addEventListener("pointerdown", () => (isClicked = !isForEver), true);
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () {
      return isClicked ? resume.call(this) : new Promise(() => {});
    };
    window.AudioContext = class extends AudioContext {
      constructor() {
        super();
        void this.suspend();
      }
    };
  }, isForEver);
}

test("alarm: when the browser blocks sound, the page says so, and one click turns it on", {
  tag: "@once",
}, async ({ page }) => {
  await blockSound(page);
  await page.goto("/alerts");
  await expect(page.getByRole("button", { name: "Alarm: sound is blocked" })).toBeVisible();
  await page.getByRole("button", { name: "Sound is blocked. Click to turn it on." }).click();
  await expect(page.getByRole("button", { name: "Alarm: sound is on" })).toBeVisible();
  await expect(page.getByText("Sound is blocked")).toHaveCount(0);
});

test("alarm: with two tabs open, the tab allowed to play sound rings, even if the other opened first", {
  tag: "@once",
}, async ({ page: mute, postEvent }) => {
  await blockSound(mute, true);
  const heard = await mute.context().newPage();
  for (const tab of [mute, heard]) {
    await countTones(tab);
    await openAlerts(tab);
  }
  await heard.keyboard.press("Shift");
  await expect(heard.getByRole("button", { name: "Alarm: sound is on" })).toBeVisible();
  await expect(mute.getByRole("button", { name: "Alarm: sound is blocked" })).toBeVisible();
  const before = await tones(heard);
  await hang(postEvent);
  await expect.poll(() => tones(heard)).toBeGreaterThan(before);
  expect(await tones(mute)).toBe(0);
});

test("alarm: the sound repeats after 30 s while an alert is unacknowledged", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  await page.addInitScript(() => localStorage.setItem("earshot.alarm", JSON.stringify({ sound: true })));
  await countTones(page);
  await page.clock.install();
  await hang(postEvent);
  await openAlerts(page);
  await page.keyboard.press("Shift");
  await expect.poll(() => tones(page)).toBeGreaterThan(0);
  const before = await tones(page);
  await page.clock.fastForward(30_000);
  await expect.poll(() => tones(page)).toBeGreaterThan(before);
});

test("alerts: without realtime, polling still shows a new alert and removes it when the call ends", {
  tag: "@once",
}, async ({ page, postEvent, realtime }) => {
  await openAlerts(page);
  await realtime.stop();
  const caller = await hang(postEvent);
  await expect(alertOf(page, caller)).toBeVisible({ timeout: 15_000 });
  await caller.ends("customer-ended-call");
  await expect(alertOf(page, caller)).toHaveCount(0, { timeout: 15_000 });
  await realtime.start();
});

test("alerts: silence raises a no-answer alert by the server's clock, without a further event", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  test.slow();
  await openAlerts(page);
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await caller.stops("user");
  await expect(alertOf(page, caller)).toContainText("No answer", { timeout: 25_000 });
  await caller.starts("assistant");
  await expect(pastOf(page, caller)).toContainText("Recovered");
});

test("alerts: the page is accessible in both themes", async ({ page, postEvent }) => {
  const [caller, past] = [await hang(postEvent), await hang(postEvent)];
  await past.starts("assistant");
  await openAlerts(page);
  await expect(alertOf(page, caller)).toBeVisible();
  await expectAccessible(page);
});

test("notification settings: a channel can be added, tested with its result shown, and deleted; the page is accessible", {
  tag: "@once",
}, async ({ page }) => {
  await page.goto("/settings/notifications");
  const name = `mail ${Date.now()}`;
  await choose(page.getByLabel("Kind"), "E-mail");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Addresses").fill("night@example.com");
  await page.getByRole("button", { name: "Add channel" }).click();
  const row = page.getByRole("list", { name: "Channels" }).getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("immediately");
  await row.getByRole("button", { name: "Test" }).click();
  await expect(row.getByRole("alert")).toHaveText("E-mail is off: set SMTP_URL.");
  await expectAccessible(page);
  // As if the mail had been delivered.
  await page.route("**/api/notification-channels/*/test", async (route) => {
    const response = await route.fetch();
    const { notification } = await response.json();
    await route.fulfill({ response, json: { notification: { ...notification, state: "sent" } } });
  });
  await row.getByRole("button", { name: "Test" }).click();
  await expect(row.getByRole("status")).toHaveText("Test delivered.");
  await row.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
});

test("board: a call's alert can be acknowledged by click or key, and its row shows by whom", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const [one, two] = [await hang(postEvent), await hang(postEvent)];
  await page.goto("/");
  const rowOf = ({ callId }: Caller) => page.locator(`[data-call="${callId}"]`);
  await rowOf(one)
    .getByRole("button", { name: /^Acknowledge/ })
    .click();
  await expect(rowOf(one)).toContainText("Ada Admin");
  await rowOf(two).getByRole("link").focus();
  await page.keyboard.press("a");
  await expect(rowOf(two)).toContainText("Ada Admin");
  await expect(rowOf(two).getByRole("button", { name: /^Acknowledge/ })).toHaveCount(0);
});

test("call page: an alert's acknowledgement and recovery appear on another open page of the call", {
  tag: "@once",
}, async ({ page, browser, postEvent }) => {
  const caller = await hang(postEvent);
  const other = await (await browser.newContext()).newPage();
  for (const each of [page, other]) await each.goto(`/calls/${caller.callId}`);
  const openOn = (on: Page) => on.getByRole("list", { name: "Open alerts of this call" });
  await expect(openOn(other)).toContainText("Not acknowledged");
  await openOn(page)
    .getByRole("button", { name: /^Acknowledge/ })
    .click();
  await expect(openOn(other)).toContainText("Acknowledged by Ada Admin");
  await caller.starts("assistant");
  await expect(openOn(other)).toHaveCount(0);
  await expect(other.getByRole("list", { name: "Alerts of this call", exact: true })).toContainText(
    "Recovered",
  );
  await other.context().close();
});

test("board: the browser's clock raises a no-answer alert before the server does", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await page.goto("/");
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await caller.says("user", "Hello?");
  const stoppedAt = await caller.stops("user");
  await expect(page.locator(`[data-call="${caller.callId}"]`)).toContainText("Silent");
  await runUntil(page, stoppedAt + 11_000);
  await expect(page.getByRole("alert").filter({ hasText: "is waiting for an answer" })).toHaveCount(1);
});
