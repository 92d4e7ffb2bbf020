import { beforeAll, describe, expect, test } from "vitest";
import { POST as invite } from "@/app/api/invitations/route";
import { GET as listPeople } from "@/app/api/people/route";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let admin: TestPerson;

beforeAll(async () => {
  admin = await signedIn("admin");
});

const json = { email: "somebody@example.com", role: "viewer" };
const inviteWith = (headers: Record<string, string>) =>
  invite(send("/api/invitations", { method: "POST", cookie: admin.cookie, json, headers }));

describe("a change with a session cookie", () => {
  test.each([
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "same-site", origin: "https://other.localhost" },
    { "sec-fetch-site": "none" },
  ])("is refused with the headers %j", async (headers) => {
    const response = await inviteWith(headers);
    expect(response.status).toBe(403);
    expect((await response.json()).title).toBe("Cross-site request");
  });

  test("is refused as text/plain, which another site's form could send", async () => {
    const response = await inviteWith({ "content-type": "text/plain" });
    expect(response.status).toBe(415);
  });

  test("is accepted from Earshot's own pages", async () => {
    expect((await inviteWith({})).status).toBe(201);
  });
});

describe("unauthenticated requests", () => {
  test("a request without credentials gets a problem document with the next step", async () => {
    const response = await listPeople(send("/api/people"));
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="Earshot"');
    expect(await response.json()).toEqual({
      title: "Not signed in",
      status: 401,
      detail: "Sign in, or send an API key: Authorization: Bearer <key>.",
    });
  });

  test.each([
    "earshot-3000.session_token=forged",
    `earshot-3000.session_token=${"a".repeat(32)}.${"b".repeat(44)}`,
  ])("a forged session cookie is rejected", async (cookie) => {
    expect((await listPeople(send("/api/people", { cookie }))).status).toBe(401);
  });

  test("a session cookie with another session's signature is rejected", async () => {
    const other = await signedIn("viewer");
    const [, signature] = other.cookie.split(".").slice(-2);
    const cookie = admin.cookie.replace(/\.[^.]*$/, `.${signature}`);
    expect((await listPeople(send("/api/people", { cookie }))).status).toBe(401);
  });
});
