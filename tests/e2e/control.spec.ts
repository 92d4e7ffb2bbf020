import type { Page } from "@playwright/test";
import { formatPhoneNumber } from "@/lib/format";
import { expect } from "@/tests/support/e2e";
import type { App } from "@/tests/support/e2e/app";
import { type Caller, createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import {
  act,
  broadcast,
  controls,
  listenItem,
  openCall,
  pageOf,
  test,
  transcript,
} from "@/tests/support/e2e/live-control";
import { adminRequests } from "@/tests/support/e2e/newcomer";

const composer = (page: Page) => page.getByRole("form", { name: "Say or whisper" });

async function addTeam(app: App, team: string, hours: object | null = null): Promise<string> {
  const admin = await adminRequests(app.url);
  const data = {
    kind: "number",
    team,
    address: "+15550100177",
    extension: null,
    message: null,
    closedMessage: null,
    hours,
  };
  const added = await admin.post("/api/tools/directory", { data });
  const { id } = await added.json();
  await admin.dispose();
  return id;
}

test("control: say, whisper and mute reach the call and appear in its transcript", async ({
  page,
  vapi,
  caller,
  isMobile,
}) => {
  await openCall(page, caller);
  await act(page, "Say", isMobile);
  await composer(page).getByRole("textbox", { name: "Say to the caller" }).fill("Sorry for the wait.");
  await composer(page).getByLabel("Interrupt the assistant").check();
  await page.keyboard.press("Tab");
  await composer(page).getByRole("textbox").press("Enter");
  await expect(transcript(page)).toContainText("said: Sorry for the wait.");

  await act(page, "Whisper", isMobile);
  await expect(composer(page)).toContainText("The caller does not hear it.");
  await composer(page).getByRole("textbox", { name: "Whisper to the assistant" }).fill("Offer a refund.");
  await composer(page).getByRole("button", { name: "Whisper" }).click();
  await expect(transcript(page)).toContainText("whispered: Offer a refund.");

  await act(page, "Mute assistant", isMobile);
  await expect(transcript(page)).toContainText("muted the assistant");
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(3);
  expect(vapi.ordersOf(caller.callId)).toEqual([
    {
      type: "say",
      content: "Sorry for the wait.",
      endCallAfterSpoken: false,
      interruptAssistantEnabled: true,
    },
    {
      type: "add-message",
      message: { role: "system", content: "Offer a refund." },
      triggerResponseEnabled: true,
    },
    { type: "control", control: "mute-assistant" },
  ]);
  await page.reload();
  await expect(transcript(page)).toContainText("said: Sorry for the wait.");
  await act(page, "Unmute assistant", isMobile);
  await expect(transcript(page)).toContainText("unmuted the assistant");
  await expectAccessible(page);
});

test("control: a saved phrase fills the field, and Shift+Enter starts a new line", { tag: "@once" }, async ({
  page,
  vapi,
  caller,
}) => {
  await openCall(page, caller);
  await composer(page)
    .getByRole("button", { name: /^One moment please/ })
    .click();
  const field = composer(page).getByRole("textbox");
  await expect(field).toHaveValue(/^One moment please/);
  await field.press("End");
  await field.press("Shift+Enter");
  await field.pressSequentially("Thank you.");
  await field.press("Enter");
  await expect(field).toHaveValue("");
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(1);
  expect(String(vapi.ordersOf(caller.callId)[0]?.content)).toMatch(/shortly\.\nThank you\.$/);
});

test("control: an action that fails at Vapi is undone with the reason and stays in the transcript as failed", {
  tag: "@once",
}, async ({ page, vapi, caller, isMobile, consoleWatch }) => {
  consoleWatch.allow(/status of 502/);
  await openCall(page, caller);
  vapi.state.replyMode = 500;
  await act(page, "Mute assistant", isMobile);
  const toast = page.getByRole("alert").filter({ hasText: "Vapi answered 500" });
  await expect(toast).toBeVisible();
  await expectAccessible(page);
  await toast.getByRole("button", { name: "Close" }).click();
  await expect(toast).toBeHidden();
  await expect(transcript(page).locator("[data-outcome=failed]")).toContainText("Vapi answered 500");
  // Nothing was muted, so it can still be muted.
  vapi.state.replyMode = 200;
  await act(page, "Mute assistant", isMobile);
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(1);
});

test("control: words that Vapi does not accept stay in the composer and in a dialog until they are accepted", {
  tag: "@once",
}, async ({ page, vapi, caller, isMobile, consoleWatch }) => {
  consoleWatch.allow(/status of 502/);
  await openCall(page, caller);
  const failed = page.getByRole("alert").filter({ hasText: "Vapi answered 500" });
  const field = composer(page).getByRole("textbox");
  vapi.state.replyMode = 500;
  await act(page, "Whisper", isMobile);
  await field.fill("Offer a refund.");
  await field.press("Enter");
  await expect(failed).toBeVisible();
  await expect(field).toHaveValue("Offer a refund.");
  vapi.state.replyMode = 200;
  await field.press("Enter");
  await expect(transcript(page).locator("[data-outcome=done]")).toContainText("whispered: Offer a refund.");
  await expect(field).toHaveValue("");

  vapi.state.replyMode = 500;
  await act(page, "End call", isMobile);
  const dialog = page.getByRole("dialog", { name: /^End the call of/ });
  await dialog.getByLabel("Say first (optional)").fill("Goodbye for now.");
  await dialog.getByRole("button", { name: "End call" }).click();
  await expect(failed).toBeVisible();
  await expect(dialog.getByLabel("Say first (optional)")).toHaveValue("Goodbye for now.");
  vapi.state.replyMode = 200;
  await dialog.getByRole("button", { name: "End call" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(2);
});

test("control: a transfer asks for confirmation, disables closed teams, and goes to the chosen team", async ({
  page,
  app,
  vapi,
  caller,
  isMobile,
}) => {
  const [open, closed] = [`Billing ${caller.callId.slice(0, 4)}`, `Night desk ${caller.callId.slice(0, 4)}`];
  await addTeam(app, open);
  const day = ((new Date().getUTCDay() + 2) % 7) + 1;
  await addTeam(app, closed, { zone: "UTC", spans: [{ days: [day], from: "09:00", to: "09:30" }] });
  await openCall(page, caller);
  await act(page, "Transfer", isMobile);
  const dialog = page.getByRole("dialog", { name: /^Transfer the call of/ });
  await expect(dialog.getByRole("radio", { name: new RegExp(closed) })).toBeDisabled();
  await expect(dialog).toContainText("Closed now");
  await dialog.getByRole("radio", { name: new RegExp(open) }).check();
  await dialog.getByLabel("Say first (optional)").fill("I am putting you through.");
  await expect(dialog).toContainText("The caller hears “I am putting you through.”");
  await expectAccessible(page);
  expect(vapi.ordersOf(caller.callId)).toEqual([]);
  await dialog.getByRole("button", { name: "Transfer" }).click();
  await expect(transcript(page)).toContainText(`transferred the call to ${open}`);
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(1);
  expect(vapi.ordersOf(caller.callId)).toMatchObject([
    { type: "transfer", destination: { number: "+15550100177" }, content: "I am putting you through." },
  ]);
});

test("control: Take over transfers the call to the operator's own number and saves the number", {
  tag: "@once",
}, async ({ browser, app, vapi, caller, isMobile }) => {
  const { page, context } = await pageOf(browser, app, "operator");
  await openCall(page, caller);
  await act(page, "Take over", isMobile);
  const dialog = page.getByRole("dialog", { name: /^Take over the call of/ });
  await dialog.getByLabel("My own number").fill("+1 555 010 0188");
  await dialog.getByRole("button", { name: "Take over" }).click();
  await expect(transcript(page).locator("[data-outcome=done]")).toContainText("their own phone");
  expect(vapi.ordersOf(caller.callId)).toMatchObject([
    { type: "transfer", destination: { number: "+15550100188" } },
  ]);
  await page.goto("/settings");
  await expect(page.getByRole("region", { name: "My own number" }).getByLabel("Number")).toHaveValue(
    "+15550100188",
  );
  await context.close();
});

test("control: a hand-off asks for confirmation, lists the assistants, and goes to the chosen assistant", {
  tag: "@once",
}, async ({ page, postEvent, vapi, caller, isMobile }) => {
  await createCaller(postEvent, "Billing Support").begins();
  await openCall(page, caller);
  await act(page, "Hand off", isMobile);
  const dialog = page.getByRole("dialog", { name: /^Hand off the call of/ });
  await expect(dialog.getByRole("button", { name: "Hand off" })).toBeDisabled();
  await dialog.getByRole("radio", { name: "Billing Support" }).check();
  await expect(dialog).toContainText(
    "Billing Support takes over the call and knows the conversation so far.",
  );
  await expectAccessible(page);
  expect(vapi.ordersOf(caller.callId)).toEqual([]);
  await dialog.getByRole("button", { name: "Hand off" }).click();
  await expect(transcript(page)).toContainText("handed the call off to Billing Support");
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(1);
  expect(vapi.ordersOf(caller.callId)).toMatchObject([
    { type: "handoff", destination: { assistantId: "assistant-Billing Support" } },
  ]);
});

test("control: End call asks for confirmation and shows what the caller will hear; its key has no effect while typing", async ({
  page,
  vapi,
  caller,
}) => {
  await openCall(page, caller);
  await composer(page).getByRole("textbox").fill("ml tx");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Mute assistant");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("x");
  const dialog = page.getByRole("dialog", { name: /^End the call of/ });
  await expect(dialog).toContainText("The call ends at once.");
  await dialog.getByLabel("Say first (optional)").fill("Goodbye.");
  await expect(dialog).toContainText("The caller hears “Goodbye.”. Then the call ends.");
  await dialog.getByRole("button", { name: "End call" }).click();
  await expect(transcript(page)).toContainText("ended the call, after saying: Goodbye.");
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(1);
  expect(vapi.ordersOf(caller.callId)).toMatchObject([{ type: "say", endCallAfterSpoken: true }]);
  // The controls stay, and give the reason why no action is possible.
  await caller.ends("assistant-ended-call");
  await expect(page.getByText("The call is over.").filter({ visible: true })).toBeVisible();
  await page.reload();
  await expect(transcript(page)).toContainText("ended the call, after saying: Goodbye.");
  await expect(controls(page)).toHaveCount(0);
});

test("control: two operators on a call see who is acting, and each action is listed separately", {
  tag: "@once",
}, async ({ page, browser, app, vapi, caller, isMobile }) => {
  await openCall(page, caller);
  const other = await pageOf(browser, app, "operator");
  await openCall(other.page, caller);
  // Vapi does not respond for a while.
  vapi.state.replyMode = "silent";
  await act(other.page, "Mute assistant", isMobile);
  await expect(page.getByRole("list", { name: "Colleagues on this call" })).toContainText(
    "New operator is muting the assistant",
  );
  vapi.state.replyMode = 200;
  await composer(page).getByRole("textbox").fill("I am here now.");
  await composer(page).getByRole("textbox").press("Enter");
  for (const each of [page, other.page]) {
    await expect(transcript(each)).toContainText("said: I am here now.");
    await expect(transcript(each)).toContainText("New operator");
    await expect(transcript(each).locator("[data-action]")).toHaveCount(2);
  }
  await other.context.close();
});

test("listen: each voice has its own volume, sound continues across pages, and the player says when the call is over", {
  tag: "@once",
}, async ({ page, vapi, caller, isMobile, consoleWatch }) => {
  // The player requests the next stream, and gets a 409 because there is none.
  consoleWatch.allow(/status of 409/);
  const silence = broadcast(vapi);
  await openCall(page, caller);
  await act(page, "Listen", isMobile);
  await expect(listenItem(page, caller)).toHaveAttribute("data-status", "playing");
  for (const voice of ["Caller", "Assistant"]) {
    const volume = listenItem(page, caller).getByRole("slider", { name: `Volume: ${voice}` });
    await volume.fill("0.35");
    await expect(volume).toHaveValue("0.35");
    if (isMobile) expect((await volume.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await expectAccessible(page);
  await page.getByRole("link", { name: "Alerts" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
  await expect(listenItem(page, caller)).toHaveAttribute("data-status", "playing");
  await caller.ends("customer-ended-call");
  await expect(listenItem(page, caller)).toHaveAttribute("data-status", "ended", { timeout: 15_000 });
  await expect(listenItem(page, caller)).toContainText(/over|ended/);
  await listenItem(page, caller).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("region", { name: "Listening" })).toHaveCount(0);
  silence();
});

test("control: an alert in the board's side panel can say the configured phrase and transfer to the configured team", async ({
  page,
  app,
  vapi,
  caller,
}) => {
  const team = `Front desk ${caller.callId.slice(0, 4)}`;
  const admin = await adminRequests(app.url);
  const before = await (await admin.get("/api/control/settings")).json();
  const alertTransferTo = await addTeam(app, team);
  await admin.put("/api/control/settings", {
    data: { ...before, alertSay: "Sorry for the wait.", alertTransferTo },
  });
  await caller.hangs();
  await page.goto(`/?panel=${caller.callId}`);
  const panel = page.getByRole("complementary", { name: "Call details" });
  await panel.getByRole("button", { name: /^Say to .*: “Sorry for the wait\.”$/ }).click();
  await expect(transcript(page)).toContainText("said: Sorry for the wait.");
  await panel
    .getByRole("button", { name: `Transfer ${formatPhoneNumber(caller.number)} to ${team}` })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: new RegExp(team) })).toBeChecked();
  await dialog.getByRole("button", { name: "Transfer" }).click();
  await expect(transcript(page)).toContainText(`transferred the call to ${team}`);
  await expect(transcript(page).locator("[data-outcome=done]")).toHaveCount(2);
  expect(vapi.ordersOf(caller.callId)).toMatchObject([{ type: "say" }, { type: "transfer" }]);
  await expectAccessible(page);
  await admin.put("/api/control/settings", { data: before });
  await admin.dispose();
});

test("control: without a control URL, an alert shows Say disabled with the reason on Alerts, call page and board", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const silent = createCaller(postEvent);
  await silent.begins();
  await silent.starts("user");
  await silent.stops("user");
  await silent.hangs();
  for (const path of ["/alerts", `/calls/${silent.callId}`, `/?panel=${silent.callId}`]) {
    await page.goto(path);
    const say = page.getByRole("button", { name: `Say to ${formatPhoneNumber(silent.number)}` });
    await expect(say).toHaveAttribute("aria-disabled", "true");
    await expect(say).toHaveAccessibleDescription(/^Vapi has sent no control or listen URL for this call\./);
    await say.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "Vapi has sent no control" })).toBeVisible();
  }
  await expectAccessible(page);
});

test("control: the Alerts page asks for all its calls in one request whether they accept Say", async ({
  page,
  postEvent,
  vapi,
}) => {
  const silent = createCaller(postEvent);
  const callers = [
    silent,
    ...Array.from({ length: 3 }, () =>
      createCaller(postEvent, "Booking line", { monitorOf: vapi.monitorOf }),
    ),
  ];
  for (const caller of callers) {
    await caller.begins();
    await caller.starts("user");
    await caller.stops("user");
    await caller.hangs();
  }
  const sayTo = ({ number }: Caller) =>
    page.getByRole("button", { name: `Say to ${formatPhoneNumber(number)}` });
  await page.goto("/alerts");
  for (const caller of callers) await expect(sayTo(caller)).toBeVisible();
  // Answered, so that only the reloaded page's requests are counted.
  await expect(sayTo(silent)).toHaveAttribute("aria-disabled", "true");
  const asked: string[] = [];
  page.on("request", (request) =>
    asked.push(new URL(request.url()).pathname + new URL(request.url()).search),
  );
  await page.reload();
  await expect(sayTo(silent)).toHaveAttribute("aria-disabled", "true");
  for (const caller of callers.slice(1)) {
    await expect(sayTo(caller)).not.toHaveAttribute("aria-disabled");
    await expect(sayTo(caller)).toBeEnabled();
  }
  const requests = asked.filter((path) => path.startsWith("/api/control/calls"));
  expect(requests).toHaveLength(1);
  for (const { callId } of callers) expect(requests[0]).toContain(callId);
  expect(asked.filter((path) => /^\/api\/calls\/[^/]+\/control/.test(path))).toEqual([]);
});

test("control: the actions menu of a board row can mute the caller", async ({ page, vapi, caller }) => {
  await page.goto("/");
  await page
    .locator(`[data-call="${caller.callId}"]`)
    .getByRole("button", { name: /^Actions:/ })
    .click();
  await page.getByRole("menuitem", { name: "Mute caller" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Muted the caller" })).toBeVisible();
  expect(vapi.ordersOf(caller.callId)).toEqual([{ type: "control", control: "mute-customer" }]);
});

test("control: viewers see no live controls on the call page or the board", { tag: "@once" }, async ({
  browser,
  app,
  caller,
}) => {
  const { page, context } = await pageOf(browser, app, "viewer");
  await openCall(page, caller);
  await expect(transcript(page)).toContainText("Is anybody there?");
  await expect(controls(page)).toHaveCount(0);
  await expect(composer(page)).toHaveCount(0);
  await page.goto("/");
  await expect(page.locator(`[data-call="${caller.callId}"]`)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Actions:/ })).toHaveCount(0);
  await context.close();
});

test("control settings: phrases can be added, reordered and deleted, and listening can be turned off", {
  tag: "@once",
}, async ({ page, app, caller, isMobile }) => {
  const admin = await adminRequests(app.url);
  const before = await (await admin.get("/api/control/settings")).json();
  await page.goto("/settings/control");
  const phrases = page.getByRole("list", { name: "Saved phrases" });
  await page.getByRole("button", { name: "Delete phrase 2" }).click();
  await page.getByRole("button", { name: "Add phrase" }).click();
  await phrases.getByRole("textbox").last().fill("We are looking for your booking.");
  await page.getByRole("button", { name: "Move phrase 2 up" }).click();
  await expect(phrases.getByRole("textbox").first()).toHaveValue("We are looking for your booking.");
  await page.getByLabel("Allow listening to live calls").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await openCall(page, caller);
  await expect(page.getByRole("list", { name: "Saved phrases" }).getByRole("button").first()).toHaveText(
    "We are looking for your booking.",
  );
  const listen = controls(page).locator("visible=true").getByRole("button", { name: "Listen" });
  await expect(listen).toHaveAttribute("aria-disabled", "true");
  if (!isMobile) await expect(page.locator("main header")).toContainText(/[Ll]istening/);
  await admin.put("/api/control/settings", { data: before });
  await admin.dispose();
});
