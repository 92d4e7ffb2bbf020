import { randomUUID } from "node:crypto";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";

test("knowledge: a document can be added, found by a caller's question, edited and deleted", {
  tag: "@once",
}, async ({ page, postEvent }) => {
  const title = `Parking ${randomUUID().slice(0, 8)}`;
  await page.goto("/settings/knowledge");
  const form = page.getByRole("region", { name: "Write document" });
  await form.getByLabel("Title").fill(title);
  await form
    .getByLabel("Text")
    .fill("Visitors leave their zeppelin on the roof.\n\n# Bicycles\nIn the yard.");
  await form.getByRole("button", { name: "Add" }).click();
  const documents = page.getByRole("list", { name: "Documents", exact: true });
  const row = documents.getByRole("listitem").filter({ hasText: title });
  await expect(row).toContainText("2 passages");

  await page.getByLabel("A caller's question").fill("Where can I leave my zeppelin?");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("list", { name: "Matches" })).toContainText("on the roof");
  await expectAccessible(page);

  await row.getByRole("button", { name: `Edit “${title}”` }).click();
  await row.getByLabel("Text").fill("Visitors leave their zeppelin in the cellar.");
  await expectAccessible(page);
  await row.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("1 passage ");
  const messages = [{ role: "user", message: "And my zeppelin?" }];
  const call = { id: randomUUID(), type: "webCall" };
  expect(
    await postEvent(randomUUID(), {
      type: "knowledge-base-request",
      timestamp: Date.now(),
      call,
      messages,
      messagesOpenAIFormatted: [],
    }),
  ).toMatchObject({ documents: [{ content: `${title}\n\nVisitors leave their zeppelin in the cellar.` }] });
  await page.goto(`/calls/${call.id}`);
  await expect(page.getByText(`Knowledge base searched: ${title}`)).toBeVisible();

  await page.goto("/settings/knowledge");
  await row.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
});

test("knowledge: files are imported as documents, and an empty file is named as not imported", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const mark = randomUUID().slice(0, 8);
  await page.goto("/settings/knowledge");
  const form = page.getByRole("region", { name: "Import files" });
  await form.getByLabel("Files", { exact: true }).setInputFiles([
    { name: "a.md", mimeType: "text/markdown", buffer: Buffer.from(`# Refunds ${mark}\nWithin 30 days.`) },
    { name: `Plain ${mark}.txt`, mimeType: "text/plain", buffer: Buffer.from("Just words.") },
    { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.from("  ") },
  ]);
  await form.getByRole("button", { name: "Import" }).click();
  await expect(form.getByRole("alert")).toContainText("empty.txt was not imported");
  await expect(form.getByRole("status")).toContainText(`Imported: a.md, Plain ${mark}.txt.`);
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: `Refunds ${mark}` })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: `Plain ${mark}` })).toBeVisible();
});
