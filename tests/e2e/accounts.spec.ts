import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";
import { choose } from "@/tests/support/e2e/choose";
import { adminRequests, inviteNewcomer } from "@/tests/support/e2e/newcomer";

const signedOut = { storageState: { cookies: [], origins: [] } };

test.describe("signed out", () => {
  test.use(signedOut);

  test("sign-in: a protected page asks for sign-in, a wrong password shows an error, and the right one returns to that page", async ({
    app,
    page,
    consoleWatch,
  }) => {
    const { email, password } = await inviteNewcomer(app.url, "viewer");
    await page.goto("/settings?from=mail");
    await expect(page).toHaveURL("/sign-in?next=%2Fsettings%3Ffrom%3Dmail");

    // The browser itself logs the rejection as an error.
    consoleWatch.allow(/status of 401/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("something else entirely");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Invalid email or password" })).toBeVisible();

    await expect(page.getByLabel("E-mail")).toHaveValue(email);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/settings?from=mail");
    await expect(page.getByRole("link", { name: "People" })).toHaveCount(0);
  });

  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    test(`sign-in never redirects to ${next}`, { tag: "@once" }, async ({ app, page }) => {
      const { email, password } = await inviteNewcomer(app.url, "viewer");
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page).toHaveURL(`${app.url}/`);
    });
  }

  test("password reset: a reset link sets a password only once", { tag: "@once" }, async ({
    app,
    page,
    consoleWatch,
  }) => {
    const { email } = await inviteNewcomer(app.url, "viewer");
    const admin = await adminRequests(app.url);
    const { people } = await (await admin.get("/api/people")).json();
    const { id } = people.find((person: { email: string }) => person.email === email);
    const { link } = await (await admin.post(`/api/people/${id}/reset-link`)).json();
    await admin.dispose();

    await page.goto(link);
    await page.getByLabel("New password").fill("quite another password");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("Password changed.")).toBeVisible();

    consoleWatch.allow(/status of 400/);
    await page.goto(link);
    await page.getByLabel("New password").fill("and yet another one");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByText("This link was already used")).toBeVisible();
  });

  test("sign-in: a forgotten password, invalid invitation and uninvited address each show their message; /welcome leads to sign-in", {
    tag: "@once",
  }, async ({ page }) => {
    await page.goto("/forgot-password");
    await expect(page.getByText("Ask an admin for a reset link")).toBeVisible();
    await page.goto("/invite/made-up");
    await expect(page.getByRole("heading", { name: "This invitation is no longer valid" })).toBeVisible();
    await page.goto("/sign-in?error=not_invited");
    await expect(page.getByText("This address has no invitation.")).toBeVisible();
    await page.goto("/welcome");
    await expect(page).toHaveURL("/sign-in");
  });
});

test("people: an admin invites a person, changes their role and removes them, and the audit log shows it", {
  tag: "@once",
}, async ({ app, page, browser, consoleWatch }) => {
  const email = `guest-${randomUUID()}@example.com`;
  await page.goto("/settings/people");
  await page.getByLabel("E-mail").fill(email);
  await choose(page.getByLabel("Role", { exact: true }), "Viewer: sees calls with caller data hidden");
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByRole("status").locator("code").textContent();
  await expect(page.getByLabel("E-mail")).toBeEmpty();
  // A rejected form keeps what was typed.
  await page.getByLabel("E-mail").fill("ada@example.com");
  consoleWatch.allow(/status of 409/);
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("ada@example.com");

  const guestContext = await browser.newContext({ ...signedOut, baseURL: app.url });
  await consoleWatch.watch(guestContext);
  const guest = await guestContext.newPage();
  await guest.goto(link ?? "");
  await guest.getByLabel("Your name").fill(email);
  await guest.getByLabel("Password").fill("a password for a guest");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest).toHaveURL(`${app.url}/`);
  await guest.goto("/settings/people");
  await expect(guest).toHaveURL("/no-access");

  await page.reload();
  await choose(page.getByLabel(`Role of ${email}`), "Admin");
  await expect(page.getByLabel(`Role of ${email}`)).toBeEnabled();
  await guest.goto("/settings/people");
  await expect(guest.getByRole("heading", { name: "People" })).toBeVisible();

  // The next request of a removed person's open page is rejected.
  consoleWatch.allow(/status of 401/);
  await page.getByRole("listitem").filter({ hasText: email }).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByLabel(`Role of ${email}`)).toHaveCount(0);
  await guest.reload();
  await expect(guest).toHaveURL(/\/sign-in/);
  await guestContext.close();

  await page.goto(`/settings/audit?q=${encodeURIComponent(email)}`);
  const log = page.getByRole("table");
  for (const act of ["Invited", "Accepted an invitation", "Signed in", "Changed a role", "Removed"]) {
    await expect(log.getByRole("cell", { name: act, exact: true })).toBeVisible();
  }
});

test("API keys: a new key is shown once, works, and stops working when revoked", { tag: "@once" }, async ({
  app,
  page,
}) => {
  const name = `export ${randomUUID()}`;
  await page.goto("/settings/keys");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create" }).click();
  const key = await page.getByRole("status").locator("code").textContent();
  const ask = () => fetch(`${app.url}/api/calls`, { headers: { authorization: `Bearer ${key}` } });
  expect((await ask()).status).toBe(200);

  await page.reload();
  await expect(page.getByText(String(key))).toHaveCount(0);
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row.getByText("revoked")).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test("account: a person can end their other session and change their password", { tag: "@once" }, async ({
  app,
  page,
  browser,
}) => {
  await page.goto("/settings");

  const { email, password } = await inviteNewcomer(app.url, "operator");
  const context = await browser.newContext({ ...signedOut, baseURL: app.url });
  const own = await context.newPage();
  await own.goto("/sign-in?next=/settings");
  await own.getByLabel("E-mail").fill(email);
  await own.getByLabel("Password").fill(password);
  await own.getByRole("button", { name: "Sign in", exact: true }).click();
  await own.waitForURL("/settings");
  const sessions = own.getByRole("list", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await sessions.getByRole("button", { name: "End" }).click();
  await expect(sessions).toHaveCount(1);

  await own.getByLabel("Current password").fill(password);
  await own.getByLabel("New password").fill("something new and long");
  await own.getByRole("button", { name: "Change password" }).click();
  await expect(own.getByText("Password changed. Your other sessions were signed out.")).toBeVisible();
  await context.close();
});

test("security policy: each response has its own nonce, and an injected inline handler does not run", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  const first = await page.goto("/settings");
  const policyOf = (response: typeof first) => response?.headers()["content-security-policy"] ?? "";
  const policy = policyOf(first);
  expect(policy).toMatch(/script-src 'nonce-[\w+/=]{20,}' 'strict-dynamic';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policyOf(await page.goto("/settings"))).not.toBe(policy);
  expect(first?.headers()).toMatchObject({
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": expect.stringContaining("microphone=()"),
  });

  consoleWatch.allow(/Content Security Policy|Failed to load resource|^script-src-attr forbids inline/);
  await page.evaluate(async () => {
    document.body.insertAdjacentHTML("beforeend", '<img src="/nothing" onerror="document.title = \'run\'">');
    const image = document.body.lastElementChild;
    await new Promise((done) => image?.addEventListener("error", done));
  });
  expect(await page.title()).not.toBe("run");
});

test("sessions: an API request renews a session 5 days before it expires, and an expired session gets 401", {
  tag: "@once",
}, async ({ app }) => {
  const { email, cookie } = await inviteNewcomer(app.url, "viewer");
  const sql = postgres(app.databaseUrl, { max: 1 });
  const expireIn = (time: string) => sql`
    update sessions set expires_at = now() + ${time}::interval
    where user_id = (select id from users where email = ${email})`;
  const ask = () => fetch(`${app.url}/api/calls`, { headers: { cookie } });

  expect((await ask()).headers.getSetCookie()).toEqual([]);
  await expireIn("5 days");
  const [renewed] = (await ask()).headers.getSetCookie();
  expect(renewed).toMatch(/^earshot-\d+\.session_token=.*Max-Age=604800/);
  expect((await ask()).headers.getSetCookie()).toEqual([]);
  await expireIn("-1 second");
  expect((await ask()).status).toBe(401);
  await sql.end();
});
