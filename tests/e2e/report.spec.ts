import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";
import { postPastCall } from "@/tests/support/e2e/past-call";

const about = (page: Page) => page.getByRole("complementary", { name: "About this call" });
const transcript = (page: Page) => page.getByRole("region", { name: "Transcript" });
const player = (page: Page) => page.getByRole("group", { name: "Recording" });
const chosen = (page: Page) => transcript(page).locator("[data-chosen]");
const openTab = (page: Page, name: string) => about(page).getByRole("tab", { name }).click();
const secondsOf = async (page: Page) => {
  const [minutes = 0, seconds = 0] =
    ((await page.getByTestId("play-time").textContent()) ?? "").split("/")[0]?.split(":").map(Number) ?? [];
  return minutes * 60 + seconds;
};

async function play(page: Page, callId: string) {
  await page.goto(`/calls/${callId}`);
  await page.getByRole("button", { name: "Play recording" }).click();
  await expect(player(page)).toBeVisible();
  await expect(page.getByTestId("waveform")).toBeVisible();
}

test("report: an ended call's page shows the reported data under Summary, Performance, Events, Context and Caller", async ({
  page,
  postEvent,
}) => {
  await page.goto(`/calls/${await postPastCall(postEvent)}`);
  const said = about(page);
  const tabs: Record<string, readonly string[]> = {
    Summary: [
      "The caller hung up",
      "Ended well",
      "Maya moved her appointment to Thursday at 10:15.",
      "Succeeded",
      "Appointment day",
      "a quiet room",
      "Intake",
      "70 of 100",
      "Recording consent",
    ],
    Performance: [
      "at 0:07",
      "until the assistant spoke again",
      "Language model",
      "984 tokens",
      "Endpointing",
      "0.4 s",
    ],
    Events: ["The assistant is hanging", "All events of this call"],
    Context: ["Open conversation"],
    Caller: ["+1 555 010 0103", "First call from this number."],
  };
  for (const [name, all] of Object.entries(tabs)) {
    await openTab(page, name);
    for (const words of all) await expect(said).toContainText(words);
    expect(await said.textContent()).not.toMatch(/undefined|NaN|\[object/);
    await expectAccessible(page);
  }
});

test("report: the side panel's tab is in the URL, and arrow keys move between tabs", async ({
  page,
  postEvent,
}) => {
  const callId = await postPastCall(postEvent);
  await page.goto(`/calls/${callId}`);
  const tab = (name: string) => about(page).getByRole("tab", { name });
  await tab("Summary").press("ArrowRight");
  await expect(tab("Performance")).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(/\?tab=performance$/);
  await page.reload();
  await expect(about(page).getByRole("tabpanel")).toContainText("Talk time");
  await tab("Performance").press("Home");
  await expect(page).toHaveURL(new RegExp(`/calls/${callId}$`));
});

test("recording: the waveform shares the timeline's axis and cursor, and a click on it seeks", async ({
  page,
  postEvent,
}) => {
  await play(page, await postPastCall(postEvent));
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const lanes = page.getByRole("img", { name: /^Speech timeline/ });
  await expect(lanes.getByTestId("waveform")).toHaveAttribute("data-channels", "2");
  await expect(page.getByRole("slider", { name: /^Position/ })).toHaveCount(1);
  const box = await lanes.boundingBox();
  if (!box) throw new Error("The lanes are not there.");
  // The call and its recording last 20 s.
  await page.mouse.click(box.x + box.width * 0.66, box.y + 30);
  await expect(page.getByTestId("play-time")).toContainText("0:13");
  await expect(chosen(page)).toContainText("Thursday at a quarter past ten");
});

test("report: in a window 720 px high, the transcript keeps at least half the height while the player is open", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await play(page, await postPastCall(postEvent));
  const box = await transcript(page).boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(360);
  const head = await page.locator("main header").boundingBox();
  // One row: a name with its number below.
  expect(head?.height).toBeLessThanOrEqual(64);
});

test("report: a call without a report says so and is rebuilt from live events", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const unreported = { type: "status-update", status: "ended", endedReason: "customer-ended-call" };
  await page.goto(`/calls/${await postPastCall(postEvent, unreported)}`);
  await expect(about(page)).toContainText(/Rebuilt from live events|The report is on its way/);
  await openTab(page, "Performance");
  await expect(about(page)).toContainText("at 0:07");
  await expect(transcript(page)).toContainText("That works, thank you.");
});

test("recording: playing it advances the time and marks the current line in the transcript", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await play(page, await postPastCall(postEvent));
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await expect(page.getByTestId("play-time")).toContainText("/ 0:20");
  await expect.poll(() => secondsOf(page)).toBeGreaterThan(0);
  await expect(chosen(page)).toContainText("Northside Dental");
  await expectAccessible(page);
});

test("recording: a click on a time in the transcript or the Home key on the timeline seeks", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await play(page, await postPastCall(postEvent));
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await transcript(page).getByRole("button", { name: "0:12" }).click();
  await expect(page.getByTestId("play-time")).toContainText("0:12");
  await expect(chosen(page)).toContainText("Thursday at a quarter past ten");

  const timeline = page.getByRole("slider", { name: "Position in the call" });
  await timeline.focus();
  await timeline.press("Home");
  await expect(page.getByTestId("play-time")).toContainText("0:00");
  await expect(chosen(page)).toContainText("Northside Dental");
});

test("recording: keys play, pause, seek and change the speed", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  await play(page, await postPastCall(postEvent));
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  const before = await secondsOf(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => secondsOf(page)).toBe(before + 5);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => secondsOf(page)).toBe(before);
  await page.keyboard.press(">");
  await expect(page.getByRole("combobox", { name: "Speed" })).toHaveText("1.25×");
  await page.keyboard.press("<");
  await expect(page.getByRole("combobox", { name: "Speed" })).toHaveText("1×");
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
});

test("recording: the player's code and audio load only when the player is opened", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const callId = await postPastCall(postEvent);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`/calls/${callId}`);
  await expect(page.getByRole("button", { name: "Play recording" })).toBeVisible();
  const scripts = () => asked.filter((url) => url.includes("/_next/") && url.endsWith(".js")).length;
  const before = scripts();
  expect(asked.some((url) => url.includes("/recording"))).toBe(false);
  await page.getByRole("button", { name: "Play recording" }).click();
  await expect(page.getByTestId("waveform")).toBeVisible();
  expect(scripts()).toBeGreaterThan(before);
  expect(asked.every((url) => !url.includes("storage.vapi.ai"))).toBe(true);
});

test("recording: the API supports HEAD and byte-range requests", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  const path = `/api/calls/${await postPastCall(postEvent)}/recording`;
  const head = await page.request.head(path);
  expect(head.status()).toBe(200);
  expect(head.headers()["accept-ranges"]).toBe("bytes");
  const piece = await page.request.get(path, { headers: { range: "bytes=0-43" } });
  expect(piece.status()).toBe(206);
  const [, total] = /^bytes 0-43\/(\d+)$/.exec(piece.headers()["content-range"] ?? "") ?? [];
  const length = Number(total);
  expect(length).toBeGreaterThan(100_000);
  expect((await piece.body()).subarray(0, 4).toString()).toBe("RIFF");
  expect((await page.request.get(path, { headers: { range: `bytes=${length}-` } })).status()).toBe(416);
});

test("report: a copied link opens its moment in the transcript and the recording", async ({
  page,
  postEvent,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const callId = await postPastCall(postEvent);
  await page.goto(`/calls/${callId}`);
  await transcript(page).getByRole("button", { name: "0:12" }).click();
  await page.getByRole("button", { name: "Copy link to 0:12" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`/calls/${callId}?t=12`);

  await page.goto(link);
  await expect(chosen(page)).toContainText("Thursday at a quarter past ten");
  await page.getByRole("button", { name: "Play recording" }).click();
  await expect.poll(() => secondsOf(page)).toBeGreaterThanOrEqual(12);
});

test("report: a call can be downloaded as text and as JSON", { tag: "@once" }, async ({
  page,
  postEvent,
}) => {
  await page.goto(`/calls/${await postPastCall(postEvent)}`);
  const download = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name }).click(),
    ]);
    return readFile(await file.path(), "utf8");
  };
  const text = await download("Download transcript");
  expect(text).toContain("[0:04] Caller: I'd like to move my appointment to Thursday.");
  const whole = JSON.parse(await download("Download as JSON"));
  expect(whole.report.structuredData.appointmentDay).toBe("Thursday");
  expect(JSON.stringify(whole)).not.toContain("storage.vapi.ai");
});

test("report: a viewer cannot play the recording and is shown why", { tag: "@once" }, async ({
  app,
  browser,
  postEvent,
}) => {
  const callId = await postPastCall(postEvent);
  const { cookie } = await inviteNewcomer(app.url, "viewer");
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { cookie },
    baseURL: app.url,
  });
  const page = await context.newPage();
  await page.goto(`/calls/${callId}`);
  await expect(page.getByText("Only operators can play recordings.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Play recording" })).toHaveCount(0);
  await context.close();
});

test("report: a call that was not recorded says so", { tag: "@once" }, async ({ page, postEvent }) => {
  await page.goto(`/calls/${await postPastCall(postEvent, { artifact: {} })}`);
  await expect(page.getByText("No recording: this call was not recorded")).toBeVisible();
});
