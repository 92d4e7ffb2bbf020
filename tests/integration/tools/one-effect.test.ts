import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { functionCall } from "@/tests/fixtures/function-call";
import { toolCalls } from "@/tests/fixtures/tool-calls";
import { type SmtpSink, startSmtpSink } from "@/tests/support/servers/smtp-sink";
import { asAnotherProcess } from "@/tests/support/vitest/nested-queries";

/** Whether the mail server takes a mail, rejects it, or never answers; set by each test. */
let whenMail: { isTaken: boolean; isSilent: boolean; onData: () => void } = open();
const mail: SmtpSink = await startSmtpSink({
  greet: () => !whenMail.isSilent,
  take: () => {
    whenMail.onData();
    return whenMail.isTaken;
  },
});
process.env.SMTP_URL = mail.url;

// Imported after the environment is set, because modules read it when loaded.
const { db } = await import("@/db/client");
const { writeSetting } = await import("@/db/queries/settings");
const { claimEffect, readEffect, releaseEffect, settleEffect } = await import("@/db/queries/tools/effects");
const { toolEffects } = await import("@/db/schema/tools");
const { getCallDetail } = await import("@/db/queries/calls/read");
const { mailSettings } = await import("@/lib/tools/mail-settings");
const { askTool, askTools } = await import("@/tests/support/deliveries/ask-tools");
const { readFacts } = await import("@/tests/support/database/read-facts");
const { deliver } = await import("@/tests/support/deliveries/deliver");

function open() {
  return { isTaken: true, isSilent: false, onData: () => {} };
}

beforeAll(async () => {
  const templates = [{ name: "note", subject: "About {{what}}", text: "Hello,\n{{what}}" }];
  await writeSetting(db, mailSettings, { domains: ["example.com"], templates });
});

afterAll(() => mail.close());

const note = { to: "maya@example.com", template: "note", values: { what: "Thursday" } };
const sent = "The e-mail was sent to maya@example.com.";
const unsure = "I was interrupted. I cannot tell whether the e-mail was sent, and I will not try again.";
const effectsOf = (callId: string) => db.select().from(toolEffects).where(eq(toolEffects.callId, callId));

describe("one tool call has its effect once", () => {
  test("twenty concurrent repeats send one mail, and all get the same answer", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => askTool("send_email", note, { callId })),
    );
    expect(mail.count() - before).toBe(1);
    expect(answers).toEqual(answers.map(() => sent));
    expect(await effectsOf(callId)).toMatchObject([{ toolCallId: "call_one", result: sent, error: null }]);
  });

  test("an ID of several kilobytes, as some models send, runs once, is answered as sent, and costs no report", async () => {
    const callId = randomUUID();
    const id = `call_${randomBytes(3_000).toString("base64url")}`;
    const before = mail.count();
    for (let time = 0; time < 2; time += 1) {
      const [answer] = await askTools([{ id, name: "send_email", arguments: note }], { callId });
      expect(answer).toMatchObject({ toolCallId: id, result: sent });
    }
    expect(mail.count() - before).toBe(1);
    const asked = { id, type: "function", function: { name: "send_email", arguments: note } };
    const messages = [
      { role: "tool_calls", toolCalls: [asked], time: Date.UTC(2026, 0, 15, 9, 0, 5) },
      { role: "tool_call_result", toolCallId: id, result: sent, time: Date.UTC(2026, 0, 15, 9, 0, 6) },
    ];
    await deliver(endOfCallReport({ callId, with: { messages, artifact: { messages } } }));
    const { events, report, toolCalls: stored } = await readFacts(callId);
    expect(events.map(({ outcome }) => outcome)).toEqual(["recorded", "recorded"]);
    expect(report).toHaveLength(1);
    expect(stored).toMatchObject([{ result: sent }]);
  });

  test("an ID repeated with other arguments is a new call, with its own run, answer and row", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const other = { ...note, to: "other@example.com" };
    const sentToo = "The e-mail was sent to other@example.com.";
    await askTool("send_email", note, { callId });
    expect(await askTool("send_email", other, { callId })).toBe(sentToo);
    expect(
      await askTool("send_email", { values: other.values, template: "note", to: other.to }, { callId }),
    ).toBe(sentToo);
    expect(mail.count() - before).toBe(2);
    const shown = (await getCallDetail(db, callId))?.toolCalls ?? [];
    expect(shown.map(({ toolCallId, result }) => [toolCallId, result]).sort()).toEqual([
      ["call_one", sent],
      ["call_one", sentToo],
    ]);
  });

  test("an ID used twice with different arguments in one list makes two calls, each with its own answer", async () => {
    const callId = randomUUID();
    const before = mail.count();
    const asked = ["maya@example.com", "ada@example.com"].map((to) => ({
      id: "call_0",
      name: "send_email",
      arguments: { ...note, to },
    }));
    expect((await askTools(asked, { callId })).map(({ result }) => result)).toEqual([
      "The e-mail was sent to maya@example.com.",
      "The e-mail was sent to ada@example.com.",
    ]);
    expect(mail.count() - before).toBe(2);
    expect((await getCallDetail(db, callId))?.toolCalls).toHaveLength(2);
  });

  test("a tool call in tool-calls, function-call, conversation-update and report makes one row", async () => {
    const callId = randomUUID();
    const asked = [1, 2].map((n) => ({ id: "", name: "echo", arguments: { text: `n${n}`, n } }));
    const messages = [
      ...asked.map(({ id, name, arguments: args }, n) => ({
        role: "tool_calls" as const,
        time: 1_000 + n,
        secondsFromStart: n,
        toolCalls: [{ id, type: "function" as const, function: { name, arguments: JSON.stringify(args) } }],
      })),
      ...asked.map(({ id, name }, n) => ({
        role: "tool_call_result" as const,
        time: 2_000 + n,
        secondsFromStart: n,
        toolCallId: id,
        name,
        result: `n${n + 1}`,
      })),
    ];
    const answers = await askTools(asked, { callId });
    expect(answers).toEqual([
      { toolCallId: "", name: "echo", result: "n1" },
      { toolCallId: "", name: "echo", result: "n2" },
    ]);
    const call = { id: callId };
    const open = { messages: messages.slice(0, 2) };
    const parameters = { n: 2, text: "n2" };
    await deliver({
      message: {
        type: "function-call",
        timestamp: 5,
        functionCall: { name: "echo", parameters },
        artifact: open,
        call,
      },
    });
    await deliver({ message: { type: "conversation-update", timestamp: 6, messages, call } });
    await deliver({ message: { type: "end-of-call-report", timestamp: 7, artifact: { messages }, call } });
    const shown = (await getCallDetail(db, callId))?.toolCalls ?? [];
    expect(shown.map(({ toolCallId, result }) => [toolCallId, result]).sort()).toEqual([
      ["", "n1"],
      ["", "n2"],
    ]);
  });

  test("a failed tool call returns the same error again under its ID, and a call under another ID runs", async () => {
    const callId = randomUUID();
    const refused = "error: I am not allowed to send e-mail to that address. Nothing was sent.";
    const elsewhere = { ...note, to: "maya@elsewhere.example" };
    expect(await askTool("send_email", elsewhere, { callId })).toBe(refused);
    expect(await askTool("send_email", elsewhere, { callId })).toBe(refused);
    expect(await askTool("send_email", note, { callId, id: "call_two" })).toBe(sent);
  });

  test("a tool call listed twice in one body runs once, and runs again in another call", async () => {
    const before = mail.count();
    const twice = { id: "call_51kj", name: "send_email", arguments: note };
    expect(await askTools([twice, twice], { callId: randomUUID() })).toHaveLength(1);
    await askTools([twice], { callId: randomUUID() });
    expect(mail.count() - before).toBe(2);
  });

  test("a repeated function-call without an ID is recognized by its content and timestamp", async () => {
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

describe("tools: a process killed", () => {
  /** Runs the tool in a child process and kills it at a given moment. */
  async function askAndDie(callId: string, moment: Promise<unknown>) {
    const body = JSON.stringify(
      toolCalls([{ id: "call_one", name: "send_email", arguments: note }], { callId }),
    );
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "tests/support/deliveries/ask-tool-once.ts", body],
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

  test("between effect and result has sent one mail; a repeat sends no other and reports an unknown outcome", async () => {
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

  test("between claim and effect has sent no mail; a repeat reports an unknown outcome, while a new call sends one", async () => {
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

test("tools: invalid arguments do not use up an ID, and corrected arguments run under it", async () => {
  const callId = randomUUID();
  expect(await askTool("send_email", { ...note, to: "nobody" }, { callId })).toMatch(
    /^error: The arguments are not valid: to /,
  );
  expect(await effectsOf(callId)).toEqual([]);
  expect(await askTool("send_email", note, { callId })).toBe(sent);
});

test("mail: line breaks in a value cannot add a header, and the mail has a Message-ID", async () => {
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
    "error: There is no e-mail with that name. Nothing was sent. Available: note.",
  ],
  ["a missing value", { ...note, values: {} }, "error: This e-mail also needs: what. Nothing was sent."],
  [
    "a subdomain of an allowed domain",
    { ...note, to: "a@sub.example.com" },
    "error: I am not allowed to send e-mail to that address. Nothing was sent.",
  ],
])("mail: %s sends nothing and returns an error", async (_, args, answer) => {
  const before = mail.count();
  expect(await askTool("send_email", args, { callId: randomUUID() })).toBe(answer);
  expect(mail.count()).toBe(before);
});

describe("tools: the result of an effect", () => {
  const effect = () => ({ callId: randomUUID(), toolCallId: "call_one", asked: randomUUID() });

  test("stays as first written, and its claim cannot be released", async () => {
    const done = effect();
    expect(await claimEffect(db, { ...done, tool: "send_email" }, 60_000)).toBe(true);
    await settleEffect(db, done, { result: sent });
    await settleEffect(db, done, { error: "The tool failed." });
    await releaseEffect(db, done);
    expect(await readEffect(db, done)).toEqual({ state: "settled", answer: { result: sent } });
    expect(await claimEffect(db, { ...done, tool: "send_email" }, 60_000)).toBe(false);
  });
});

test("tools: an effect that timed out before its claim runs once, on a repeat", async () => {
  const callId = randomUUID();
  const before = mail.count();
  // A table lock makes every claim wait longer than a caller would.
  await db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${toolEffects} in share mode`);
    const answer = await asAnotherProcess(() => askTool("send_email", note, { callId }));
    expect(answer).toMatch(/Nothing was done\.$/);
  });
  expect(mail.count() - before).toBe(0);
  const isClaiming = sql`datname = current_database() and state = 'active' and query like 'insert into "tool_effects"%'`;
  await expect
    .poll(() => db.execute(sql`select pid from pg_stat_activity where ${isClaiming}`))
    .toHaveLength(0);
  await expect.poll(() => askTool("send_email", note, { callId })).toBe(sent);
  expect(mail.count() - before).toBe(1);
});
