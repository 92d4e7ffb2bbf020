import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import postgres from "postgres";
import { expect, test } from "@/tests/support/e2e";
import { expectAccessible } from "@/tests/support/e2e/expect-accessible";
import { inviteNewcomer, type Newcomer } from "@/tests/support/e2e/newcomer";
import { totpCode, wrongCode } from "@/tests/support/people/totp";

test.use({ storageState: { cookies: [], origins: [] } });

async function signIn(page: Page, { email, password }: Newcomer, next = "/settings") {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page) {
  await page.context().clearCookies();
}

/** The app's key from the page, as an `otpauth:` URI. */
async function readUri(page: Page): Promise<string> {
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  const key = await page
    .locator("code")
    .filter({ hasText: /^[A-Z2-7]{16,}$/ })
    .textContent();
  return `otpauth://totp/Earshot?secret=${key}`;
}

/** Sets up the app, from the password to the recovery codes. Returns its URI and the codes. */
async function setUpApp(page: Page, password: string) {
  const section = page.getByRole("region", { name: "Authenticator app" });
  await section.getByLabel("Your password").fill(password);
  await section.getByRole("button", { name: "Set up authenticator app" }).click();
  const uri = await readUri(page);
  await section.getByLabel("Code from the app").fill(totpCode(uri));
  await section.getByRole("button", { name: "Turn on" }).click();
  const list = section.getByRole("list", { name: "Recovery codes" });
  await expect(list.getByRole("listitem")).toHaveCount(10);
  const codes = await list.getByRole("listitem").allInnerTexts();
  return { uri, codes };
}

/** Adds a virtual authenticator that counts as built into the device. */
async function plugInAuthenticator(page: Page, isUserVerified = true) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
}

test("second factor: after an authenticator app is set up, sign-in requires its code or a recovery code", async ({
  app,
  page,
  consoleWatch,
}) => {
  const person = await inviteNewcomer(app.url, "viewer");
  await signIn(page, person);
  await page.getByRole("button", { name: "Set up authenticator app" }).click();
  const { uri, codes } = await setUpApp(page, person.password);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect((await downloading).suggestedFilename()).toBe("earshot-recovery-codes.txt");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("The authenticator app is on.")).toBeVisible();
  await expect(page.getByText(codes[0] ?? "")).toHaveCount(0);

  await signOut(page);
  await signIn(page, person, "/reports");
  await expect(page).toHaveURL("/second-factor?next=%2Freports");
  await expectAccessible(page);
  consoleWatch.allow(/status of 401/);
  await page.getByLabel("Code").fill(wrongCode(uri));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Wrong code.")).toBeVisible();
  await page.getByLabel("Code").fill(totpCode(uri, 1));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/reports");

  await signOut(page);
  await signIn(page, person);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/settings");

  const section = page.getByRole("region", { name: "Authenticator app" });
  await section.getByLabel("Your password").fill(person.password);
  await section.getByRole("button", { name: "Create new recovery codes" }).click();
  await expect(section.getByRole("list", { name: "Recovery codes" })).toBeVisible();
  await expect(section.getByText(codes[1] ?? "")).toHaveCount(0);
  await section.getByRole("button", { name: "Done" }).click();
  await section.getByLabel("Your password").fill(person.password);
  await section.getByRole("button", { name: "Turn off" }).click();
  await expect(section.getByRole("button", { name: "Set up authenticator app" })).toBeVisible();
});

test("passkeys: a passkey can be added and renamed, replaces password and code at sign-in, and stops working once removed", {
  tag: "@once",
}, async ({ app, page, consoleWatch }) => {
  const person = await inviteNewcomer(app.url, "viewer");
  await plugInAuthenticator(page);
  await signIn(page, person);
  await page.getByLabel("Passkey name").fill("Work laptop");
  await page.getByRole("button", { name: "Add passkey" }).click();
  const row = page.getByRole("list", { name: "Passkeys" }).getByRole("listitem");
  await expect(row).toContainText("Work laptop");
  await row.getByRole("button", { name: "Rename" }).click();
  await row.getByLabel("New name").fill("Office laptop");
  await row.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Office laptop");
  await page.getByRole("button", { name: "Set up authenticator app" }).click();
  await setUpApp(page, person.password);
  await page.getByRole("button", { name: "Done" }).click();
  await expectAccessible(page);

  await signOut(page);
  await page.goto("/sign-in?next=%2Fsettings");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL("/settings");

  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("No passkeys")).toBeVisible();
  await signOut(page);
  await page.goto("/sign-in");
  consoleWatch.allow(/status of 401/);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("Unknown passkey.")).toBeVisible();
});

test("passkeys: a passkey whose device has not verified its user cannot be added", { tag: "@once" }, async ({
  app,
  page,
}) => {
  const person = await inviteNewcomer(app.url, "viewer");
  await plugInAuthenticator(page, false);
  await signIn(page, person);
  await page.getByLabel("Passkey name").fill("Key without a PIN");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /passkey/ })).toBeVisible();
  await expect(page.getByText("No passkeys")).toBeVisible();
});

test("second factor: when it is required, pages and API stay closed until it is set up", {
  tag: "@once",
}, async ({ app, page }) => {
  const person = await inviteNewcomer(app.url, "viewer");
  const sql = postgres(app.databaseUrl, { max: 1 });
  const required = JSON.stringify({ requiredOf: "everybody" });
  await sql`insert into settings (name, value) values ('second-factor', ${required}::text::jsonb)
    on conflict (name) do update set value = excluded.value`;
  try {
    await signIn(page, person, "/reports");
    await expect(page).toHaveURL("/second-factor?next=%2Freports");
    await expectAccessible(page);
    for (const path of ["/", "/settings", "/calls/any"]) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/second-factor/);
    }
    const refused = await page.request.get("/api/calls");
    expect(refused.status()).toBe(403);
    expect(await refused.text()).toContain("Second factor needed");

    await page.goto("/second-factor?next=%2Freports");
    await setUpApp(page, person.password);
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page).toHaveURL("/reports");
    expect((await page.request.get("/api/calls")).status()).toBe(200);
  } finally {
    await sql`delete from settings where name = 'second-factor'`;
    await sql.end();
  }
});

test("OpenID Connect: an account with a known role is signed in, and one with an unknown role gets an error message", {
  tag: "@once",
}, async ({ page, consoleWatch }) => {
  const signInThere = async (name: string) => {
    await page.goto("/sign-in?next=%2Fsettings");
    await page.getByRole("button", { name: "Continue with Example ID" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Go on" }).click();
  };
  const name = `operator.${randomUUID()}`;
  await signInThere(name);
  await expect(page).toHaveURL("/settings");
  await expect(page.getByText(`${name}@example.com · operator`)).toBeVisible();
  await expect(page.getByText("there is no password here")).toBeVisible();

  // The page's requests without cookies are rejected.
  consoleWatch.allow(/status of 401/);
  await page.context().clearCookies();
  await signInThere(`stranger.${randomUUID()}`);
  await expect(page).toHaveURL(/\/sign-in\?error=no_role/);
  await expect(page.getByText("Your account at the provider has no role here.")).toBeVisible();
});

test.describe("signed in as an admin", () => {
  test.use({ storageState: async ({ app }, use) => use(app.adminState) });

  test("second factor: an admin without a second factor cannot require one, but can reset another person's", {
    tag: "@once",
  }, async ({ app, page, browser, consoleWatch }) => {
    const person = await inviteNewcomer(app.url, "viewer");
    const context = await browser.newContext({
      baseURL: app.url,
      storageState: { cookies: [], origins: [] },
    });
    const theirs = await context.newPage();
    await signIn(theirs, person);
    await theirs.getByRole("button", { name: "Set up authenticator app" }).click();
    await setUpApp(theirs, person.password);

    await page.goto("/settings/people");
    consoleWatch.allow(/status of 409/);
    await page.getByRole("combobox", { name: "Required for" }).click();
    await page.getByRole("option", { name: "Everyone" }).click();
    await expect(page.getByText("Set up a second factor for yourself first, under Account.")).toBeVisible();

    const row = page.getByRole("listitem").filter({ hasText: person.email });
    await expect(row).toContainText("second factor");
    await row.getByRole("button", { name: "Reset second factor" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Reset second factor" }).click();
    await expect(row.getByRole("button", { name: "Reset second factor" })).toHaveCount(0);
    await theirs.reload();
    await expect(theirs).toHaveURL(/\/sign-in/);
    await context.close();
  });
});
