import type { Locator, Page } from "@playwright/test";
import { formatPhoneNumber } from "@/lib/format";
import { expect, test } from "@/tests/support/e2e";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { installSlowClock, runUntil } from "@/tests/support/e2e/slow-clock";

const rowOf = (page: Page, caller: Caller) => page.locator(`[data-call="${caller.callId}"]`);
const linkTo = (page: Page, caller: Caller) => rowOf(page, caller).getByRole("link");

/** Opens the board and waits for its push connection. */
async function openBoard(page: Page, path = "/") {
  await page.goto(path);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
}

test("board: a new call appears without a reload and shows who is speaking and the last line", async ({
  page,
  postEvent,
}) => {
  await openBoard(page);
  const caller = createCaller(postEvent);
  const row = rowOf(page, caller);

  await caller.begins();
  await expect(row).toContainText(formatPhoneNumber(caller.number));
  await expect(row).toContainText("Booking line");

  await caller.starts("user");
  await expect(row).toContainText("Caller speaking");
  await caller.says("user", "I'd like to move my appointment.");
  await caller.stops("user");
  await expect(row).toContainText("I'd like to move my appointment.");
  await expect(row).toContainText("Silent");
  await caller.starts("assistant");
  await expect(row).toContainText("Assistant speaking");
});

test("board: a hanging call moves to the top and is marked until the assistant speaks again", async ({
  page,
  postEvent,
}) => {
  await openBoard(page);
  const [alone, other] = [createCaller(postEvent), createCaller(postEvent)];
  await alone.begins();
  await other.begins();
  await other.starts("user");
  await alone.hangs();
  await expect(rowOf(page, alone)).toContainText("Hanging");
  await expect(page.getByRole("button", { name: /^[1-9]\d* Needs attention$/ })).toBeVisible();
  const top = (caller: Caller) => rowOf(page, caller).evaluate((row) => row.getBoundingClientRect().top);
  await expect.poll(async () => (await top(alone)) < (await top(other))).toBe(true);

  await alone.starts("assistant");
  await expect(rowOf(page, alone)).toContainText("Assistant speaking");
});

test("board: stays live while the code of a dialog loads, or cannot be loaded; once it can, the dialog opens", {
  tag: "@once",
}, async ({ page, postEvent, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED/);
  const caller = createCaller(postEvent);
  await caller.begins();
  await openBoard(page);
  // Whatever loads after the page has.
  await page.waitForLoadState("networkidle");
  let loseConnection = () => {};
  const lost = new Promise<void>((resolve) => {
    loseConnection = resolve;
  });
  const isDialogCode = /\/_next\/.*\.js/;
  await page.route(isDialogCode, async (route) => {
    await lost;
    await route.abort("internetdisconnected");
  });
  const asked = page.waitForRequest(isDialogCode);
  await page.keyboard.press("ControlOrMeta+k");
  await asked;
  await caller.says("user", "Is anyone there?");
  await expect(rowOf(page, caller)).toContainText("Is anyone there?");

  loseConnection();
  await expect(page.getByText("Part of this page could not be loaded. Trying again…")).toBeVisible();
  await caller.says("user", "Hello?");
  await expect(rowOf(page, caller)).toContainText("Hello?");

  await page.unroute(isDialogCode);
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible({ timeout: 20_000 });
});

test("board: without a connection the page says so and since when, and takes no call for silent; it recovers by itself", {
  tag: "@once",
}, async ({ page, postEvent, realtime, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED/);
  await installSlowClock(page);
  await openBoard(page);
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await caller.stops("user");
  await expect(rowOf(page, caller)).toContainText("Silent");

  const anything = /\/api\//;
  await page.route(anything, (route) => route.abort("internetdisconnected"));
  await realtime.stop();
  const badge = page.getByTestId("connection");
  await expect(badge).not.toHaveAttribute("data-status", "connected");
  // Retries wait on the page's clock, and for real requests in between.
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(badge).toHaveText(/^No connection for \d+:\d\d$/, { timeout: 500 });
    await expect(page.getByText("These calls may be out of date. Earshot cannot be reached.")).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await expect(page.getByRole("button", { name: "0 Needs attention" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Wallboard" }).click();
  await expect(page.getByText(/^These calls may be out of date. No connection for \d+:\d\d$/)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.unroute(anything);
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(badge).toContainText(/polling/i, { timeout: 500 });
  }).toPass();
  await expect(page.getByText("These calls may be out of date.")).toBeHidden();
  await expect(page.getByRole("button", { name: "1 Needs attention" })).toBeVisible();
});

test("board: after a sleep of the machine, no call counts as silent until the calls have been fetched again", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page);
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("assistant");
  await caller.stops("assistant");
  const state = rowOf(page, caller).locator("[data-state]");
  await expect(state).toHaveAttribute("data-state", "pausing");
  const attention = (count: number) => page.getByRole("button", { name: `${count} Needs attention` });

  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const calls = "**/api/calls?*";
  const asked = page.waitForRequest(calls);
  await page.route(calls, (route) => answered.then(() => route.continue()).catch(() => undefined));
  const socket = page.waitForEvent("websocket");
  await page.clock.fastForward(100_000);
  await socket;
  await asked;
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await page.clock.runFor(3_000);
  await expect(state).toHaveAttribute("data-state", "long-silence");
  await expect(attention(0)).toBeVisible();
  answer();
  await expect(attention(1)).toBeVisible();
});

for (const [word, aheadMs] of [
  ["fast", 65_000],
  ["slow", -65_000],
] as const) {
  test(`board: a browser whose clock runs ${word} by a minute shows and rings what one with a right clock does`, {
    tag: "@once",
  }, async ({ page, postEvent }) => {
    const [silent, hanging] = [createCaller(postEvent), createCaller(postEvent)];
    await hanging.begins();
    await page.clock.install({ time: Date.now() + aheadMs });
    await openBoard(page);
    await silent.begins();
    await silent.starts("assistant");
    await silent.stops("assistant");
    const state = rowOf(page, silent).locator("[data-state]");
    await expect(state).toHaveText(/^Silent0:(0[2-9]|1\d)$/);
    await expect(page.getByRole("button", { name: "2 Live" })).toBeVisible();
    await hanging.hangs();
    await expect(rowOf(page, hanging)).toContainText("Hanging");
    await expect(page.getByRole("button", { name: "1 Needs attention" })).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: "is hanging" })).toHaveCount(1);
  });
}

test("board: an ended call shows its end reason in plain words and leaves after 30 s", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page);
  const caller = createCaller(postEvent);
  await caller.begins();
  await expect(rowOf(page, caller)).toBeVisible();
  const endedAt = await caller.ends("customer-ended-call");
  await expect(rowOf(page, caller)).toContainText("The caller hung up");
  await runUntil(page, endedAt + 29_000);
  await expect(rowOf(page, caller)).toContainText("The caller hung up");
  await runUntil(page, endedAt + 30_000);
  await expect(rowOf(page, caller)).toHaveCount(0);
});

test("board: silence is marked by the browser's clock, as waiting after 5 s and as long silence after 10 s", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page);
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("assistant");
  const stoppedAt = await caller.stops("assistant");
  const state = rowOf(page, caller).locator("[data-state]");
  await expect(state).toHaveAttribute("data-state", "pausing");
  for (const [seconds, shown] of [
    [4, "pausing"],
    [5, "waiting"],
    [9, "waiting"],
    [10, "long-silence"],
  ] as const) {
    await runUntil(page, stoppedAt + seconds * 1_000);
    await expect(state).toHaveAttribute("data-state", shown);
  }
});

test("board: moving the pointer over the list holds its order for 3 s, but a call with a new alert still moves up", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page);
  const [first, second, third] = [createCaller(postEvent), createCaller(postEvent), createCaller(postEvent)];
  await first.begins();
  await second.begins();
  const top = (caller: Caller) => rowOf(page, caller).evaluate((row) => row.getBoundingClientRect().top);
  await expect(rowOf(page, second)).toBeVisible();
  await expect.poll(async () => (await top(second)) < (await top(first))).toBe(true);

  await rowOf(page, second).hover();
  await third.begins();
  await expect(rowOf(page, third)).toBeVisible();
  expect(await top(third)).toBeGreaterThan(await top(first));
  const update = page.getByRole("button", { name: /^\d+ new\. Update order$/ });
  await expect(update).toBeVisible();
  const [button, table] = [await update.boundingBox(), await page.getByRole("table").boundingBox()];
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(table?.y ?? 0);
  await first.hangs();
  await expect.poll(async () => (await top(first)) < (await top(second))).toBe(true);

  // The pointer is still over the list, but has not moved.
  await page.clock.fastForward(3_000);
  await expect.poll(async () => (await top(third)) < (await top(second))).toBe(true);
  await first.starts("assistant");
});

test("board: while the order is held, an ended call is still hidden after 30 s, and its space closes when the hold ends", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page);
  const [below, ended] = [createCaller(postEvent), createCaller(postEvent)];
  await below.begins();
  await ended.begins();
  const row = rowOf(page, ended);
  await expect(row).toBeVisible();
  const mouse = await row.boundingBox();
  if (!mouse) throw new Error("The row is not to be seen.");
  const endedAt = await ended.ends("customer-ended-call");
  await page.mouse.move(mouse.x + 40, mouse.y + 10);
  await expect(row).toContainText("Ended");
  await runUntil(page, endedAt + 29_000);
  for (const x of [50, 60, 70]) {
    await page.mouse.move(mouse.x + x, mouse.y + 10);
    await page.clock.runFor(1_000);
  }
  await expect(row).toBeHidden();
  await expect(row).toHaveCount(1);
  await page.clock.runFor(3_000);
  await expect(row).toHaveCount(0);
});

test("board: a call without events for a minute is marked as no signal, counted separately, and found by the filter", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page, "/?assistant=Lost");
  const lost = createCaller(postEvent, "Lost");
  await lost.begins();
  const heardAt = await lost.stops("user");
  const state = rowOf(page, lost).locator("[data-state]");
  await expect(state).toHaveAttribute("data-state", "pausing");
  await runUntil(page, heardAt + 59_000);
  await expect(state).toHaveAttribute("data-state", "long-silence");
  await runUntil(page, heardAt + 62_000);
  await expect(state).toHaveAttribute("data-state", "no-signal");
  await expect(page.getByRole("button", { name: /Live · \d+ no signal$/ })).toBeVisible();
  await choose(page.getByRole("combobox", { name: "Show" }), "No signal");
  await expect(rowOf(page, lost)).toBeVisible();
  await lost.ends("customer-ended-call");
});

test("board: search and filters are in the URL and survive a reload", async ({ page, postEvent }) => {
  const [wanted, other] = [createCaller(postEvent, "Intake"), createCaller(postEvent, "Support")];
  await wanted.begins();
  await other.begins();
  await openBoard(page);
  await choose(page.getByRole("combobox", { name: "Assistant" }), "Intake");
  await page.getByRole("searchbox").fill(wanted.number.slice(-7));
  await expect(page).toHaveURL(/assistant=Intake.*q=/);
  await expect(rowOf(page, other)).toHaveCount(0);
  await page.reload();
  await expect(rowOf(page, wanted)).toBeVisible();
  await expect(rowOf(page, other)).toHaveCount(0);
  await page.getByRole("searchbox").fill("nobody is called so");
  await page.getByRole("button", { name: "Show all calls" }).click();
  await expect(rowOf(page, other)).toBeVisible();
});

test("board: the keyboard alone moves between calls, opens the side panel, lists the shortcuts and focuses the search", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const [one, two] = [createCaller(postEvent, "Keys"), createCaller(postEvent, "Keys")];
  await one.begins();
  await two.begins();
  await openBoard(page, "/?assistant=Keys");
  await expect(rowOf(page, one)).toBeVisible();

  await page.keyboard.press("j");
  await expect(linkTo(page, two)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(linkTo(page, one)).toBeFocused();
  await one.starts("user");
  await expect(rowOf(page, one)).toContainText("Caller speaking");
  await expect(linkTo(page, one)).toBeFocused();

  await page.keyboard.press("o");
  const sidePanel = page.getByRole("complementary", { name: "Call details" });
  await expect(sidePanel).toContainText(formatPhoneNumber(one.number));
  await one.hangs();
  await expect(sidePanel.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();
  // The list reads its alerts apart from the side panel's; only with the alert is the call first.
  await expect(rowOf(page, one).getByRole("button", { name: /^Acknowledge/ })).toBeVisible();
  await page.keyboard.press("r");
  await page.keyboard.press("j");
  await expect(linkTo(page, two)).toBeFocused();
  await expect(sidePanel).toContainText(formatPhoneNumber(two.number));
  await expect(sidePanel.getByRole("button", { name: /^Acknowledge/ })).toHaveCount(0);
  await page.keyboard.press("k");
  await expect(sidePanel.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sidePanel).toHaveCount(0);

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
});

test("palette: a live call can be found by its number and opened", async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openBoard(page);
  await expect(rowOf(page, caller)).toBeVisible();
  await page.keyboard.press("Control+k");
  await page
    .getByRole("combobox", { name: "Search calls, pages and commands" })
    .fill(formatPhoneNumber(caller.number));
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/calls/${caller.callId}$`));
});

test("palette: away from the board, it finds a call that began after it was last open", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.goto("/alerts");
  const palette = page.getByRole("combobox", { name: "Search calls, pages and commands" });
  const first = createCaller(postEvent);
  await first.begins();
  await page.keyboard.press("Control+k");
  await palette.fill(formatPhoneNumber(first.number));
  await expect(page.getByRole("option", { name: formatPhoneNumber(first.number) })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();

  const second = createCaller(postEvent);
  await second.begins();
  await page.keyboard.press("Control+k");
  await palette.fill(formatPhoneNumber(second.number));
  await expect(page.getByRole("option", { name: formatPhoneNumber(second.number) })).toBeVisible();
});

test("palette: a past call can be found by a spoken word or its number and is listed apart from live calls", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent, "Past line");
  const word = `zebra${caller.number.slice(-7)}`;
  await caller.begins();
  await caller.says("user", `I would like to book the ${word} room.`);
  await caller.ends("customer-ended-call");
  await caller.reports("customer-ended-call", "They booked a room.");
  await openBoard(page);
  const search = page.getByRole("combobox", { name: "Search calls, pages and commands" });
  const past = page.getByRole("group", { name: "Past calls" }).getByRole("option");
  for (const text of [word, caller.number.slice(-7)]) {
    // A call is in the archive shortly after its report.
    await expect(async () => {
      await page.keyboard.press("Control+k");
      await search.fill(text);
      await expect(past).toHaveCount(1, { timeout: 2_000 });
    }).toPass();
    await expect(page.getByRole("group", { name: "Live calls" })).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await expect(search).toHaveCount(0);
  }
  await page.keyboard.press("Control+k");
  await search.fill(word);
  await past.click();
  await expect(page).toHaveURL(new RegExp(`/calls/${caller.callId}$`));
  await page.keyboard.press("Control+k");
  await search.fill("audit");
  await page.getByRole("option", { name: "Settings: Audit log" }).click();
  await expect(page).toHaveURL(/settings\/audit/);
});

test("palette: a failed search shows its error, and a search without results shows no error", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 503/);
  await openBoard(page);
  await page.route("**/api/reports?*", (route) =>
    route.fulfill({ status: 503, json: { title: "The database is not responding." } }),
  );
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  const search = palette.getByRole("combobox");
  await search.fill("zebra");
  const alert = palette.getByRole("alert");
  await expect(alert).toHaveText("Could not search past calls: The database is not responding.");
  await expectAccessible(page);
  await page.unroute("**/api/reports?*");
  await search.fill("zebras");
  await expect(palette.getByText("No results")).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test("board: Enter opens the page of the selected call", { tag: "@once" }, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent, "Enter");
  await caller.begins();
  await openBoard(page, "/?assistant=Enter");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/calls/${caller.callId}$`));
});

test("board: on a narrow phone, search and layout share one row, and the filters share the row below", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openBoard(page);
  const middle = async (of: Locator) => {
    const box = await of.boundingBox();
    return Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2);
  };
  const search = await middle(page.getByRole("searchbox", { name: "Search live calls" }));
  expect(await middle(page.getByRole("group", { name: "Board layout" }))).toBe(search);
  const filter = await middle(page.getByRole("combobox", { name: "Show" }));
  expect(filter).toBeGreaterThan(search);
  expect(await middle(page.getByRole("combobox", { name: "Assistant" }))).toBe(filter);
});

test("board: without realtime, the connection status shows it and polling keeps the calls up to date", {
  tag: "@once",
}, async ({ page, postEvent, realtime }) => {
  await openBoard(page);
  await realtime.stop();
  await expect(page.getByTestId("connection")).not.toHaveAttribute("data-status", "connected");
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.starts("user");
  await expect(rowOf(page, caller)).toContainText("Caller speaking");
  await page.getByTestId("connection").hover();
  await expect(page.getByText(/^Last update (just now|[5-9] s ago)$/)).toBeVisible();
  await realtime.start();
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected", {
    timeout: 20_000,
  });
});

test("board: without realtime, a tab in the background polls, so that it can ring", {
  tag: "@once",
}, async ({ page, postEvent, realtime }) => {
  await openBoard(page);
  await realtime.stop();
  await expect(page.getByTestId("connection")).not.toHaveAttribute("data-status", "connected");
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.hangs();
  await expect(rowOf(page, caller)).toContainText("Hanging");
  await expect(page.getByRole("link", { name: /^Alerts/ })).toContainText("1");
});

test("wallboard: opened right after the pointer moved over the list, it drops an ended call after 30 s", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await installSlowClock(page);
  await openBoard(page);
  const [stays, ended] = [createCaller(postEvent), createCaller(postEvent)];
  await stays.begins();
  await ended.begins();
  await rowOf(page, ended).hover();
  await page.keyboard.press("3");
  const shown = (caller: Caller) =>
    page.getByRole("listitem").filter({ hasText: formatPhoneNumber(caller.number) });
  await expect(shown(ended)).toBeVisible();
  await ended.ends("customer-ended-call");
  await expect(shown(ended)).toContainText("Ended");
  await page.clock.runFor(100_000);
  await expect(shown(ended)).toHaveCount(0);
  await expect(shown(stays)).toBeVisible();
});

test("wallboard: its numbers are set in at least 48 px, and Escape returns to the list of calls", async ({
  page,
  postEvent,
}) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await openBoard(page);
  await page.getByRole("button", { name: "Wallboard" }).click();
  await expect(page).toHaveURL(/view=wall/);
  const number = page.getByRole("definition").first();
  await expect(number).toHaveText(/^[\d,]+$/);
  expect(
    await number.evaluate((dd) => Number.parseFloat(getComputedStyle(dd).fontSize)),
  ).toBeGreaterThanOrEqual(48);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("table", { name: "Live calls" })).toBeVisible();
});

for (const view of ["rows", "tiles"]) {
  test(`board: the layout in ${view} is accessible in both themes`, async ({ page, postEvent }) => {
    const [hanging, ended, speaking] = [
      createCaller(postEvent, view),
      createCaller(postEvent, view),
      createCaller(postEvent, view),
    ];
    await openBoard(page, `/?view=${view}&assistant=${view}`);
    await Promise.all([hanging.begins(), ended.begins(), speaking.begins()]);
    await hanging.hangs();
    await ended.ends("silence-timed-out");
    await speaking.starts("assistant");
    await expect(rowOf(page, ended)).toContainText("Silence until");
    await expectAccessible(page);
    await hanging.starts("assistant");
  });
}

test("board: an empty board is accessible, says so on the wall too, and offers to start a simulated call", async ({
  page,
}) => {
  await openBoard(page);
  await expect(page.getByText("All quiet. No live calls.")).toBeVisible();
  await expectAccessible(page);
  await openBoard(page, "/?view=wall");
  await expect(page.getByText("All quiet. No live calls.")).toBeVisible();
  await openBoard(page);
  await page.getByRole("button", { name: "Start a simulated call" }).click();
  await expect(page.locator("[data-call]")).toHaveCount(1);
});

test("board: a call that ended just before the page opened is shown with its end reason", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  await caller.ends("customer-ended-call");
  await openBoard(page);
  await expect(rowOf(page, caller)).toContainText("The caller hung up");
});

test("board: the filter Assigned to me shows only calls whose alert I acknowledged", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const [mine, other] = [createCaller(postEvent), createCaller(postEvent)];
  for (const caller of [mine, other]) {
    await caller.begins();
    await caller.hangs();
  }
  await openBoard(page);
  await rowOf(page, mine)
    .getByRole("button", { name: /^Acknowledge/ })
    .click();
  await expect(rowOf(page, mine)).toContainText("Ada Admin");
  await choose(page.getByRole("combobox", { name: "Show" }), "Assigned to me");
  await expect(page).toHaveURL(/show=mine/);
  await expect(rowOf(page, other)).toHaveCount(0);
  await expect(rowOf(page, mine)).toBeVisible();
});
