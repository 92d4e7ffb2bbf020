import { randomUUID } from "node:crypto";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("dialing: calling hours and the do-not-call list decide the number check, and a campaign may not dial a listed number", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const number = `+49301234${String(Math.floor(Math.random() * 1e4)).padStart(4, "0")}`;
  const check = page.getByRole("region", { name: "Check a number" });
  const ask = async (at: string) => {
    await check.getByLabel("Number").fill(number);
    await check.getByLabel("At").fill(at);
    await check.getByRole("button", { name: "Check" }).click();
  };

  await page.goto("/settings/dialing");
  for (const day of ["Saturday", "Sunday"]) await page.getByLabel(day).uncheck();
  for (const day of ["Monday", "Tuesday"]) await page.getByLabel(day).check();
  await page.getByLabel("From").fill("09:00");
  await page.getByLabel("Until").fill("20:00");
  await page.getByLabel("Time zones by prefix").fill("+1808 Pacific/Honolulu\n+49 Europe/Berlin");
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("Saved. Applies from the next contact")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Time zones by prefix")).toHaveValue(
    "+1808 Pacific/Honolulu\n+49 Europe/Berlin",
  );

  await ask("2026-08-03T12:00");
  await expect(check.getByText("Can be dialed.")).toBeVisible();
  await ask("2026-08-02T12:00");
  await expect(check.getByText("outside the calling hours")).toBeVisible();

  const list = page.getByRole("region", { name: "Do-not-call list" });
  await list.getByLabel("Numbers that must not be called").fill(`${number}\nnobody`);
  await list.getByRole("button", { name: "Add", exact: true }).click();
  await expect(list.getByRole("alert")).toContainText("1 added; not valid: nobody.");
  await ask("2026-08-03T12:00");
  await expect(check.getByText("The number is on the do-not-call list.")).toBeVisible();
  await expectAccessible(page);
  const contact = { id: randomUUID(), number };
  expect(
    await postEvent(randomUUID(), {
      type: "campaign.predial",
      timestamp: Date.now(),
      campaignId: "c",
      contact,
    }),
  ).toMatchObject({ eligible: false });

  const row = list.getByRole("listitem").first();
  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await ask("2026-08-03T12:00");
  await expect(check.getByText("Can be dialed.")).toBeVisible();
});

test("dialing: calling hours that end before they begin show an error and are not saved", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  await page.goto("/settings/dialing");
  const before = await page.getByLabel("Until").inputValue();
  await page.getByLabel("From").fill("21:00");
  await page.getByLabel("Until").fill("08:00");
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "must end after they begin" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Until")).toHaveValue(before);
});

test("dialing: a transfer request gets the configured destination, and the call page shows it", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  await page.goto("/settings/dialing");
  await page.getByLabel("Transfer to").fill("+1 555 010 0950");
  await page.getByRole("button", { name: "Save destinations" }).click();
  await expect(page.getByText("Saved. Applies from the next transfer")).toBeVisible();
  const call = { id: randomUUID(), type: "webCall" };
  const timestamp = Date.now();
  expect(await postEvent(randomUUID(), { type: "transfer-destination-request", timestamp, call })).toEqual({
    destination: { type: "number", number: "+15550100950" },
  });
  await page.goto(`/calls/${call.id}`);
  await expect(page.getByText("Transfer requested to +15550100950").first()).toBeVisible();
});
