import { randomInt, randomUUID } from "node:crypto";
import { type APIRequestContext, type APIResponse, type Browser, type Page, request } from "@playwright/test";
import { z } from "zod";
import type { Role } from "@/lib/auth/roles";
import { takeApp } from "./app";

export type Newcomer = { email: string; password: string; cookie: string };

const answerSchema = z.object({ link: z.string().optional() });
const password = "correct horse battery staple";

/** Sends requests as the first operator, without a browser, for admin-only actions. */
export function adminRequests(url: string): Promise<APIRequestContext> {
  return request.newContext({
    baseURL: url,
    storageState: takeApp().adminState,
    extraHTTPHeaders: { origin: url },
  });
}

/** Invites a person who accepts with this role and signs in, with the requests their browser would send. */
export async function inviteNewcomer(url: string, role: Role): Promise<Newcomer> {
  const email = `${role}-${randomUUID()}@example.com`;
  const admin = await adminRequests(url);
  const { link } = await answer(await admin.post("/api/invitations", { data: { email, role } }));
  await admin.dispose();

  // A separate address per person: a hundred sign-ins a minute from one address would be throttled.
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const own = await request.newContext({
    baseURL: url,
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { origin: url, "x-forwarded-for": address },
  });
  const token = new URL(link ?? "").pathname.split("/").at(-1);
  await answer(await own.post("/api/invitations/accept", { data: { token, name: `New ${role}`, password } }));
  await answer(await own.post("/api/auth/sign-in/email", { data: { email, password } }));
  const { cookies } = await own.storageState();
  await own.dispose();
  return { email, password, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

/** Opens a page in a separate browser context, signed in with this role. It closes with the browser. */
export async function openAs(browser: Browser, url: string, role: "operator" | "viewer"): Promise<Page> {
  const { cookie } = await inviteNewcomer(url, role);
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const cookies = cookie.split("; ").map((each) => {
    const at = each.indexOf("=");
    return { name: each.slice(0, at), value: each.slice(at + 1), url };
  });
  await context.addCookies(cookies);
  return context.newPage();
}

async function answer(response: APIResponse): Promise<z.infer<typeof answerSchema>> {
  if (!response.ok())
    throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  return answerSchema.parse(await response.json());
}
