import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { send } from "@/tests/support/people/send";
import { type SmtpSink, startSmtpSink } from "@/tests/support/servers/smtp-sink";

let sink: SmtpSink;
let auth: typeof import("@/app/api/auth/[...all]/route").POST;
let people: typeof import("@/tests/support/people/people");

beforeAll(async () => {
  sink = await startSmtpSink();
  process.env.SMTP_URL = sink.url;
  // Imported after the environment is set, because modules read it once.
  people = await import("@/tests/support/people/people");
  ({ POST: auth } = await import("@/app/api/auth/[...all]/route"));
});

afterAll(() => sink.close());

const ask = (email: string) =>
  auth(send("/api/auth/request-password-reset", { method: "POST", json: { email } }));

describe("a password reset by e-mail", () => {
  test("sends a known address a working link, and a stranger's address the same response and no mail", async () => {
    const { email } = await people.signedIn("viewer");
    const stranger = await ask("stranger@example.com");
    const known = await ask(email);
    expect([stranger.status, known.status]).toEqual([200, 200]);
    expect(await stranger.text()).toBe(await known.text());

    const mail = await sink.nextMail(email);
    expect(mail).toContain("From: Earshot <earshot@localhost>");
    const text = mail.replaceAll("=\n", "").replaceAll("=3D", "=");
    const token = /http:\/\/localhost:3000\/reset-password\?token=(\w+)/.exec(text)?.[1];
    const json = { token, newPassword: "a password set by mail" };
    expect((await auth(send("/api/auth/reset-password", { method: "POST", json }))).status).toBe(200);
    await people.cookieFrom(await people.signIn(email, "a password set by mail"));
    expect([sink.count(email), sink.count("stranger@example.com")]).toEqual([1, 0]);
  });

  test("is answered 200 even while the mail server is down", async () => {
    const { email } = await people.signedIn("viewer");
    await sink.close();
    expect((await ask(email)).status).toBe(200);
    sink = await startSmtpSink({ port: Number(new URL(sink.url).port) });
  });
});
