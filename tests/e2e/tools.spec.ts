import { randomUUID } from "node:crypto";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer } from "@/tests/support/e2e/newcomer";

test("tools: a tool shows its definition and recent failures and can be tried", async ({
  page,
  postEvent,
}) => {
  const callId = randomUUID();
  const ask = (args: object, id: string) => ({
    id,
    type: "function",
    function: { name: "echo", arguments: args },
  });
  await postEvent(randomUUID(), {
    type: "tool-calls",
    timestamp: Date.now(),
    call: { id: callId, type: "webCall" },
    toolCallList: [ask({ text: "hello" }, "call_a"), ask({}, "call_b")],
  });
  await page.goto("/settings/tools");
  const row = page.getByRole("list", { name: "Tools" }).getByRole("listitem").filter({ hasText: "echo" });
  await expect(row).toContainText("failed");
  await expectAccessible(page);

  await row.getByRole("link", { name: "echo" }).click();
  await expect(page.getByRole("region", { name: "Definition as JSON" })).toContainText('"name": "echo"');
  const failures = page.getByRole("list", { name: "Recent failures" });
  await expect(failures).toContainText("The arguments are not valid");
  await page.getByLabel("Arguments").fill('{ "text": "said back" }');
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("status").filter({ hasText: "said back" })).toBeVisible();
  await page.getByLabel("Arguments").fill("{");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByText(/^Arguments: Line 1, column \d+: /)).toBeVisible();
  await expectAccessible(page);
});

test("tools: a tool that writes data can be tried as a dry run before it is run", { tag: "@once" }, async ({
  page,
}) => {
  await page.goto("/settings/tools/update_context");
  // Waits for hydration, which would reset a field filled in before it.
  await expect(page.getByTestId("connection")).toHaveAttribute("data-status", "connected");
  const conversation = randomUUID();
  await page.getByLabel("Arguments").fill('{ "changes": { "plan": "gold" } }');
  await page.getByLabel("Conversation").fill(conversation);
  await page.getByRole("button", { name: "Dry run" }).click();
  await expect(page.getByText("It would save: plan: gold.")).toBeVisible();
  await page.getByLabel("Dry run: only report what it would do").uncheck();
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByText("Saved: plan: gold.")).toBeVisible();
});

test("tools: an endpoint can be added and deleted, and its secret is not shown after saving", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const name = `order_status_${randomUUID().slice(0, 8)}`;
  await page.goto("/settings/tools");
  await page.getByText("New endpoint").click();
  const form = page.getByRole("region", { name: "Add endpoint" });
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByLabel("Description").fill("Looks up where an order is.");
  await form.getByLabel("URL").fill("https://api.example.com/orders/{{number}}");
  await form.getByLabel("Secret headers").fill("Authorization: Bearer sk-never-shown-again");
  await form.getByLabel("Reply to the assistant").fill("The order is {{status}}.");
  await form.getByRole("button", { name: "Add endpoint" }).click();
  await expect(form.getByRole("alert")).toContainText("placeholder");
  await expectAccessible(page);
  await form.getByLabel("URL").fill("https://api.example.com/orders/{{order}}");
  await form.getByRole("button", { name: "Add endpoint" }).click();

  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("Saved: authorization.")).toBeVisible();
  expect(await page.content()).not.toContain("sk-never-shown-again");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/settings\/tools$/);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("tools: a team can be added to and deleted from the directory, and allowed e-mail domains are saved", {
  tag: "@once",
}, async ({ page }) => {
  const team = `Billing ${randomUUID().slice(0, 8)}`;
  await page.goto("/settings/tools");
  const directory = page.getByRole("region", { name: "Directory" });
  await directory.getByLabel("Team").fill(team);
  await directory.getByLabel("Number or SIP address").fill("+15550100950");
  await directory.getByLabel("Hours").fill("sometimes");
  await directory.getByRole("button", { name: "Add team" }).click();
  await expect(directory.getByRole("alert")).toContainText("Enter hours such as");
  await directory.getByLabel("Hours").fill("Mon-Fri 09:00-17:30");
  await directory.getByLabel("Time zone").fill("Europe/Berlin");
  await directory.getByRole("button", { name: "Add team" }).click();
  const row = directory.getByRole("listitem").filter({ hasText: team });
  await expect(row).toContainText("+15550100950 · Mon-Fri 09:00-17:30 (Europe/Berlin)");
  await row.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);

  await page.getByLabel("Allowed domains").fill("example.com, example.org");
  await page.getByRole("button", { name: "Save e-mails" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Allowed domains")).toHaveValue("example.com, example.org");
});

test("tools: an operator sees the list of tools but cannot add, configure or run any", {
  tag: "@once",
}, async ({ app, browser, consoleWatch }) => {
  const { cookie } = await inviteNewcomer(app.url, "operator");
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { cookie },
  });
  await consoleWatch.watch(context);
  const page = await context.newPage();
  await page.goto(`${app.url}/settings/tools`);
  await expect(page.getByRole("list", { name: "Tools" })).toContainText("send_email");
  await expect(page.getByText("New endpoint")).toHaveCount(0);
  await expect(page.getByLabel("Allowed domains")).toHaveCount(0);
  await page.goto(`${app.url}/settings/tools/echo`);
  await expect(page.getByRole("button", { name: "Run" })).toHaveCount(0);
  await context.close();
});
