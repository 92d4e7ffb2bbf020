import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { functionCall } from "@/tests/fixtures/function-call";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { type SmtpSink, startSmtpSink } from "@/tests/support/smtp-sink";

/** What the mail server does with a mail: takes it, or never answers. Each test says. */
let whenMail: { isTaken: boolean; isSilent: boolean; onData: () => void } = open();
const mail: SmtpSink = await startSmtpSink({
  greet: () => !whenMail.isSilent,
  take: () => {
    whenMail.onData();
    return whenMail.isTaken;
  },
});
process.env.SMTP_URL = mail.url;

// Only now, for the environment is read when the modules are loaded.
const { db } = await import("@/db/client");
const { writeSetting } = await import("@/db/queries/settings/write-setting");
const { toolEffects } = await import("@/db/schema/tool-effects");
const { getCallDetail } = await import("@/db/queries/get-call-detail");
const { mailSettings } = await import("@/lib/tools/mail/mail-settings");
const { askTool, askTools } = await import("@/tests/support/ask-tools");
const { deliver } = await import("@/tests/support/deliver");

function open() {
  return { isTaken: true, isSilent: false, onData: () => {} };
}

beforeAll(async () => {
  const templates = [{ name: "note", subject: "About {{what}}", text: "Hello,\n{{what}}" }];
  await writeSetting(db, mailSettings, { domains: ["example.com"], templates });
});

afterAll(() => mail.close());

const note = { to: "maya@example.com", template: "note", values: { what: "Thursday" } };
const sent = "The mail was sent to maya@example.com.";
const unsure = "I was interrupted. I cannot tell whether the mail was sent, and I will not try again.";
const effectsOf = (callId: string) => db.select().from(toolEffects).where(eq(toolEffects.callId, callId));

describe("one tool call has its effect once", () => {
  test("twenty concurrent repeats send one mail, and all are told the same", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => askTool("send_email", note, { callId })),
    );
    expect(mail.count() - before).toBe(1);
    expect(answers).toEqual(answers.map(() => sent));
    expect(await effectsOf(callId)).toMatchObject([{ toolCallId: "call_one", result: sent, error: null }]);
  });

  test("a later repeat gets the stored answer, even with other arguments", async () => {
    const callId = randomUUID();
    const before = mail.count();
    await askTool("send_email", note, { callId });
    expect(await askTool("send_email", { ...note, to: "other@example.com" }, { callId })).toBe(sent);
    expect(mail.count() - before).toBe(1);
    expect((await getCallDetail(db, callId))?.toolCalls).toMatchObject([
      { name: "send_email", result: sent },
    ]);
  });

  test("what failed is not tried again under the same id, and is under another", async () => {
    const callId = randomUUID();
    const refused = "error: I may not send mail to that address. Nothing was sent.";
    const elsewhere = { ...note, to: "maya@elsewhere.example" };
    expect(await askTool("send_email", elsewhere, { callId })).toBe(refused);
    expect(await askTool("send_email", note, { callId })).toBe(refused);
    expect(await askTool("send_email", note, { callId, id: "call_two" })).toBe(sent);
  });

  test("the same id twice in one body is one call; the same id in another call is another", async () => {
    const before = mail.count();
    const twice = { id: "call_51kj", name: "send_email", arguments: note };
    expect(await askTools([twice, twice], { callId: randomUUID() })).toHaveLength(1);
    await askTools([twice], { callId: randomUUID() });
    expect(mail.count() - before).toBe(2);
  });

  test("a function-call without an id is told from its repeat by what it is", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const body = (atMs: number) => functionCall("send_email", note, { callId, atMs, messages: [] });
    const answers = [await deliver(body(1_000)), await deliver(body(1_000)), await deliver(body(9_000))];
    expect(answers.map((answer) => answer.body)).toEqual([
      { result: sent },
      { result: sent },
      { result: sent },
    ]);
    expect(mail.count() - before).toBe(2);
  });
});

describe("a process that is killed", () => {
  /** Asks in a process of its own and kills it at a moment. */
  async function askAndDie(callId: string, moment: Promise<unknown>) {
    const body = JSON.stringify(
      toolCalls([{ id: "call_one", name: "send_email", arguments: note }], { callId }),
    );
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "tests/support/ask-tool-once.ts", body],
      { env: process.env, stdio: "inherit" },
    );
    await moment;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  const passTime = (callId: string) =>
    db
      .update(toolEffects)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(toolEffects.callId, callId));

  test("between the effect and its result has sent one mail, and nobody sends another or claims to know", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const arrived = new Promise<void>((resolve) => {
      whenMail = { isTaken: false, isSilent: false, onData: resolve };
    });
    await askAndDie(callId, arrived);
    whenMail = open();
    await passTime(callId);
    expect(await askTool("send_email", note, { callId })).toBe(`error: ${unsure}`);
    expect(await askTool("send_email", note, { callId })).toBe(`error: ${unsure}`);
    expect(mail.count() - before).toBe(1);
  });

  test("between the claim and the effect has sent none, and is told from one that never began", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const connected = mail.nextConnection();
    whenMail = { isTaken: true, isSilent: true, onData: () => {} };
    await askAndDie(callId, connected);
    whenMail = open();
    await passTime(callId);
    expect(await askTool("send_email", note, { callId })).toBe(`error: ${unsure}`);
    expect(await askTool("send_email", note, { callId: randomUUID() })).toBe(sent);
    expect(mail.count() - before).toBe(1);
  });
});

test("arguments that do not fit claim nothing: mended ones under the same id are done", async () => {
  const callId = randomUUID();
  expect(await askTool("send_email", { ...note, to: "nobody" }, { callId })).toMatch(
    /^error: The arguments do not fit: to /,
  );
  expect(await effectsOf(callId)).toEqual([]);
  expect(await askTool("send_email", note, { callId })).toBe(sent);
});

test("a mail carries the template's words, one subject line, and an id that repeats share", async () => {
  const values = { what: "Thursday\r\nBcc: victim@example.com" };
  await askTool("send_email", { ...note, values }, { callId: randomUUID() });
  let letter = "";
  while (!letter.includes("victim")) letter = await mail.nextMail();
  expect(letter).toContain("Subject: About Thursday Bcc: victim@example.com");
  expect(letter.split("\n\n")[0]).not.toMatch(/^Bcc:/im);
  expect(letter).toMatch(/^Message-ID: <[0-9a-f-]{36}@localhost>$/im);
});

test.each([
  [
    "an unknown template",
    { ...note, template: "poem" },
    "error: There is no mail of that kind. Nothing was sent. There is: note.",
  ],
  ["a missing value", { ...note, values: {} }, "error: For this mail I also need: what. Nothing was sent."],
  [
    "a subdomain of an allowed domain",
    { ...note, to: "a@sub.example.com" },
    "error: I may not send mail to that address. Nothing was sent.",
  ],
])("%s sends nothing and says so", async (_, args, answer) => {
  const before = mail.count();
  expect(await askTool("send_email", args, { callId: randomUUID() })).toBe(answer);
  expect(mail.count()).toBe(before);
});
