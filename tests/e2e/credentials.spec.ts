import { randomUUID } from "node:crypto";
import { expect, test } from "@/tests/support/e2e";
import { choose } from "@/tests/support/e2e/choose";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

const event = () => ({
  message: {
    type: "status-update",
    status: "ended",
    endedReason: "customer-ended-call",
    timestamp: Date.now(),
    call: { id: randomUUID(), type: "webCall" },
  },
});

test("credentials: a credential can be created, checked against events, rotated and revoked", {
  tag: "@once",
}, async ({ page, request }) => {
  const name = `Booking line ${randomUUID().slice(0, 8)}`;
  const deliverWith = async (headers: Record<string, string>) =>
    (
      await request.post("/api/webhook", { data: event(), headers: { "x-vapi-secret": "", ...headers } })
    ).status();

  await page.goto("/settings/credentials");
  await page.getByLabel("Name").fill(name);
  await choose(page.getByLabel("Kind"), "Bearer token: a shared secret in a header of your choice");
  await page.getByLabel("Header name").fill("X-Api-Key");
  await page.getByLabel("Prefix the token with Bearer").uncheck();
  await page.getByRole("button", { name: "Create" }).click();
  const shown = page.getByRole("status").filter({ hasText: "In Vapi" });
  await expect(shown).toContainText("x-api-key");
  await expectAccessible(page);
  const secret = (await shown.locator("dd code").last().textContent()) ?? "";
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText("last used never");

  await page.getByRole("link", { name: "Check your setup" }).click();
  await expect(page.getByRole("heading", { name: "3. Wait for an event" })).toBeVisible();
  expect(await deliverWith({ authorization: `Bearer ${secret}` })).toBe(401);
  await expect(page.getByText(`The secret of “${name}” arrived in authorization`)).toBeVisible();
  await expectAccessible(page);
  expect(await deliverWith({ "x-api-key": secret })).toBe(200);
  await expect(page.getByText("Connected.")).toBeVisible();
  await expect(page.getByText("Last event accepted with").getByText(name)).toBeVisible();

  await page.goto("/settings/credentials");
  await row.getByRole("button", { name: "Rotate" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Rotate" }).click();
  const rotated = row.filter({ hasText: "expiring" });
  await expect(rotated.getByRole("status")).toContainText("In Vapi");
  const next = (await rotated.locator("dd code").last().textContent()) ?? "";
  expect([await deliverWith({ "x-api-key": secret }), await deliverWith({ "x-api-key": next })]).toEqual([
    200, 200,
  ]);

  await rotated.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row.filter({ hasText: "revoked" })).toBeVisible();
  expect([await deliverWith({ "x-api-key": secret }), await deliverWith({ "x-api-key": next })]).toEqual([
    401, 200,
  ]);
});

test("credentials: an HMAC payload format without {body} shows an error that names the missing part", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  await page.goto("/settings/credentials");
  await page.getByLabel("Name").fill("Signed");
  await choose(page.getByLabel("Kind"), "HMAC: every delivery signed, old ones rejected");
  await page.getByText("Signature settings").click();
  await page.getByLabel("Payload format").fill("{timestamp}");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Include {body}" })).toBeVisible();
});
