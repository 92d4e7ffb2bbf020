import { request } from "@playwright/test";

const admin = { name: "Ada Admin", email: "ada@example.com", password: "correct horse battery staple" };

/** Creates the first operator and saves their cookies in a file, in the format of Playwright's `storageState`. */
export async function signInAdmin(url: string, setupToken: string, file: string): Promise<void> {
  const browser = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
  const { email, password } = admin;
  for (const [path, data] of [
    ["/api/welcome", { ...admin, token: setupToken }],
    ["/api/auth/sign-in/email", { email, password }],
  ] as const) {
    const response = await browser.post(path, { data });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`);
  }
  await browser.storageState({ path: file });
  await browser.dispose();
}
