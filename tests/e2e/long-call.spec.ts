import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";
import { createCaller } from "@/tests/support/e2e/caller";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

const transcript = (page: Page) => page.getByRole("region", { name: "Transcript" });
const chosen = (page: Page) => transcript(page).locator("[data-chosen]");
const inView = (page: Page) => page.getByRole("slider", { name: "Part of the call in view" });
const lanes = (page: Page) => page.getByRole("img", { name: /^Speech timeline/ });

const turns = 1_600;
const lengthMs = 3 * 60 * 60_000;

/** A call of three hours, with its lines in the report and its turns in as many marks. */
async function hadLongCall(
  postEvent: (uuid: string, message: object) => Promise<unknown>,
  databaseUrl: string,
) {
  const [id, uuid] = [randomUUID(), randomUUID()];
  const start = Date.now() - lengthMs - 60_000;
  const each = lengthMs / turns;
  const call = { id, type: "inboundPhoneCall", createdAt: new Date(start).toISOString() };
  const assistant = { id: "assistant-long", name: "Patient line" };
  await postEvent(uuid, { type: "status-update", status: "in-progress", timestamp: start, call, assistant });
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`
    insert into marks (call_id, key, kind, role, at)
    select ${id}, gen_random_uuid(), kind, case when n % 2 = 0 then 'assistant' else 'user' end,
      ${new Date(start)}::timestamptz + make_interval(secs => (n + case when kind = 'speech-stopped' then 0.8 else 0 end) * ${each / 1_000})
    from generate_series(0, ${turns - 1}) n, unnest(array['speech-started', 'speech-stopped']) kind
  `;
  await sql.end();
  await postEvent(uuid, {
    type: "end-of-call-report",
    endedReason: "customer-ended-call",
    timestamp: start + lengthMs + 2_000,
    startedAt: new Date(start).toISOString(),
    endedAt: new Date(start + lengthMs).toISOString(),
    messages: Array.from({ length: turns }, (_, n) => ({
      role: n % 2 === 0 ? "bot" : "user",
      message: n === 1_200 ? "Here the zeppelin landed." : `This is turn number ${n}.`,
      time: start + n * each,
    })),
    call,
    assistant,
  });
  return id;
}

test("long call: a three-hour call renders only the visible part, and a link opens its moment", async ({
  page,
  postEvent,
  app,
}) => {
  const id = await hadLongCall(postEvent, app.databaseUrl);
  await page.goto(`/calls/${id}?t=5400`);
  await expect(chosen(page)).toContainText("This is turn number 800.");
  await expect(chosen(page)).toBeInViewport();
  expect(await transcript(page).getByRole("listitem").count()).toBeLessThan(60);
  await expect(transcript(page).getByRole("listitem").first()).toHaveAttribute("aria-setsize", String(turns));
  // Only four minutes of turns are drawn, not three hours.
  expect(await lanes(page).locator("rect").count()).toBeLessThan(80);
  await expect(inView(page)).toHaveAttribute("aria-valuetext", /^1:29:\d\d to 1:33:\d\d$/);
  await transcript(page).evaluate((region) => region.scrollTo({ top: region.scrollHeight }));
  await expect(transcript(page)).toContainText(`This is turn number ${turns - 1}.`);
  await expectAccessible(page);
});

test("long call: Ctrl+F searches the whole transcript, including lines that are not rendered", {
  tag: "@once",
}, async ({ page, postEvent, app }) => {
  await page.goto(`/calls/${await hadLongCall(postEvent, app.databaseUrl)}`);
  await expect(transcript(page)).toContainText("This is turn number 0.");
  await page.keyboard.press("Control+f");
  const field = page.getByRole("searchbox", { name: "Find in transcript" });
  await expect(field).toBeFocused();
  await field.fill("Zeppelin");
  await field.press("Enter");
  await expect(chosen(page)).toContainText("Here the zeppelin landed.");
  await expect(chosen(page)).toBeInViewport();
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();
  await field.fill("nobody said this");
  await expect(page.getByText("No results")).toBeVisible();
});

test("long call: buttons, keys, dragging and wheel change the part in view, and a click in the lanes selects a moment", {
  tag: "@once",
}, async ({ page, postEvent, app }) => {
  await page.goto(`/calls/${await hadLongCall(postEvent, app.databaseUrl)}`);
  const shown = () => inView(page).getAttribute("aria-valuetext");
  await expect.poll(shown).toBe("0:00 to 4:00");

  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(shown).toBe("0:45 to 3:15");
  await page.getByRole("button", { name: "Zoom out" }).click();
  await expect.poll(shown).toBe("0:00 to 4:00");
  await inView(page).press("ArrowRight");
  await expect.poll(shown).toBe("0:24 to 4:24");
  await inView(page).press("End");
  await expect.poll(shown).toMatch(/ to 3:00:00$/);

  const overview = await page.getByTestId("overview").boundingBox();
  const box = await lanes(page).boundingBox();
  if (!overview || !box) throw new Error("The timeline is not there.");
  await page.mouse.click(overview.x + overview.width / 2, overview.y + 10);
  await expect.poll(shown).toMatch(/^1:2[78]:\d\d to 1:3[12]:\d\d$/);
  await page.mouse.move(overview.x + overview.width / 2, overview.y + 10);
  await page.mouse.down();
  await page.mouse.move(overview.x + overview.width / 3, overview.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(shown).toMatch(/^0:?5[78]:\d\d to 1:0[12]:\d\d$|^5[78]:\d\d to 1:0[12]:\d\d$/);

  const before = await shown();
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.wheel(200, 0);
  await expect.poll(shown).not.toBe(before);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 20_000);
  await page.keyboard.up("Control");
  await expect.poll(shown).toBe("0:00 to 3:00:00");
  // A click in the lanes still selects a moment.
  await page.mouse.click(box.x + box.width / 2, box.y + 40);
  await expect(chosen(page)).toContainText(/This is turn number (79|80)\d\./);
});

test("long call: a live transcript follows the newest line, but stays in place after the reader scrolls up", {
  tag: "@once",
}, async ({ page, postEvent, app }) => {
  const caller = createCaller(postEvent);
  await caller.begins();
  const sql = postgres(app.databaseUrl, { max: 1 });
  await sql`
    insert into lines (call_id, key, role, source, text, at)
    select ${caller.callId}, gen_random_uuid(), case when n % 2 = 0 then 'assistant' else 'user' end, 'transcript',
      'This is turn number ' || n || '.' || repeat(' And it goes on.', n % 5), now() - make_interval(secs => 700 - n)
    from generate_series(1, 600) n
  `;
  await sql.end();
  await page.goto(`/calls/${caller.callId}`);
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  await expect(page.getByText("This is turn number 600.")).toBeInViewport();
  await caller.says("user", "And one more.");
  await expect(page.getByText("And one more.")).toBeInViewport();

  await transcript(page).evaluate((region) => region.scrollTo({ top: 0 }));
  await expect(page.getByText("This is turn number 1.", { exact: false }).first()).toBeInViewport();
  await caller.says("assistant", "The last of all.");
  await expect(page.getByText("This is turn number 1.", { exact: false }).first()).toBeInViewport();
  await page.getByRole("button", { name: "New lines" }).click();
  await expect(page.getByText("The last of all.")).toBeInViewport();
});
