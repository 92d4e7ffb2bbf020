import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSmtpSink } from "@/tests/support/servers/smtp-sink";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const outside = await startReceiver(() => ({ body: { state: "on its way" } }));
const mail = await startSmtpSink();
process.env.OUTGOING_ALLOWED_HOSTS = new URL(outside.url).host;
process.env.SMTP_URL = mail.url;

// Imported after the environment is set, because modules read it when loaded.
const { POST: runTool } = await import("@/app/api/tools/[toolName]/run/route");
const directoryEntry = await import("@/app/api/tools/directory/[entryId]/route");
const directory = await import("@/app/api/tools/directory/route");
const endpoint = await import("@/app/api/tools/endpoints/[endpointId]/route");
const endpoints = await import("@/app/api/tools/endpoints/route");
const mails = await import("@/app/api/tools/mail/route");
const tools = await import("@/app/api/tools/route");
const { db } = await import("@/db/client");
const { auditLog } = await import("@/db/schema/auth");
const { builtInTools } = await import("@/lib/tools/server/registry");
const { reservedNames } = await import("@/lib/tools/tool");
const { askTool } = await import("@/tests/support/deliveries/ask-tools");
const { signedIn } = await import("@/tests/support/people/people");
const { send } = await import("@/tests/support/people/send");

let cookie = "";
beforeAll(async () => {
  cookie = (await signedIn("admin")).cookie;
});
afterAll(async () => {
  await outside.stop();
  await mail.close();
});

const ask = (path: string, method = "GET", json?: unknown) =>
  send(path, { method, cookie, ...(json === undefined ? {} : { json }) });
const actions = async () =>
  (await db.select().from(auditLog)).map(({ action, target }) => `${action} ${target}`);

const run = async (toolName: string, json: object) => {
  const params = Promise.resolve({ toolName });
  const response = await runTool(ask(`/api/tools/${toolName}/run`, "POST", json), { params });
  return { status: response.status, body: await response.json() };
};

const settings = {
  name: "order_status",
  description: "Where an order is.",
  effect: "read",
  method: "GET",
  url: `${outside.url}/{{order}}`,
  parameters: { type: "object", properties: { order: { type: "string" } }, required: ["order"] },
  body: null,
  headers: {},
  secrets: { authorization: "Bearer sk-never-shown-again" },
  sentence: "It is {{state}}.",
  timeoutMs: 3_000,
  isEnabled: true,
};

describe("running a tool from the page", () => {
  const letter = {
    to: "maya@example.com",
    template: "follow-up",
    values: { subject: "a", name: "b", message: "c" },
  };

  beforeAll(async () => {
    await mails.PUT(
      ask("/api/tools/mail", "PUT", { domains: ["example.com"], templates: await templates() }),
    );
  });

  test("is a dry run by default for a tool that writes data, with every check", async () => {
    const before = mail.count();
    expect(await run("send_email", { args: letter })).toMatchObject({
      status: 200,
      body: {
        result: expect.stringContaining("It would send “After your call: a” to maya@example.com"),
        error: null,
      },
    });
    const elsewhere = { ...letter, to: "maya@elsewhere.example" };
    expect((await run("send_email", { args: elsewhere })).body.error).toContain("not allowed to send e-mail");
    expect((await run("send_email", { args: {} })).body.error).toMatch(/^The arguments are not valid: to/);
    const withName = (name: unknown) => ({ args: { ...letter, values: { ...letter.values, name } } });
    expect((await run("send_email", withName(null))).body.error).toContain(
      "also needs: name. Nothing was sent",
    );
    expect((await run("send_email", withName({ first: "Maya" }))).body.error).toMatch(
      /not valid: values.name/,
    );
    expect((await run("send_email", withName(7))).body.result).toContain("7");
    expect(mail.count()).toBe(before);
  });

  test("has the tool's effect each time it is confirmed", async () => {
    const before = mail.count();
    for (let time = 0; time < 2; time += 1) {
      const { body } = await run("send_email", { args: letter, isDry: false });
      expect(body).toMatchObject({ result: "The e-mail was sent to maya@example.com." });
    }
    expect(mail.count()).toBe(before + 2);
    expect(await actions()).toContain("tool.run send_email");
  });

  test("uses the given context and caller", async () => {
    const conversationId = randomUUID();
    await run("update_context", { args: { changes: { plan: "gold" } }, conversationId, isDry: false });
    await run("update_context", { args: { changes: { plan: "none" } }, conversationId });
    expect((await run("lookup_context", { args: {}, conversationId })).body.result).toBe("plan: gold");
    const asked = { args: {}, customerNumber: "+15550100111" };
    expect((await run("find_caller", asked)).body.result).toBe("This is the first call from this number.");
  });

  test("returns 404 for an unknown tool, and 422 for an invalid body", async () => {
    expect((await run("nope", { args: {} })).status).toBe(404);
    expect((await run("echo", { args: "x" })).status).toBe(422);
  });

  async function templates() {
    return (await (await mails.GET(ask("/api/tools/mail"))).json()).templates;
  }
});

describe("tools: an endpoint", () => {
  test("can be added, listed without its secrets, changed while keeping them, and deleted", async () => {
    const made = await endpoints.POST(ask("/api/tools/endpoints", "POST", settings));
    expect(made.status).toBe(201);
    const { id } = await made.json();
    expect((await endpoints.POST(ask("/api/tools/endpoints", "POST", settings))).status).toBe(409);
    expect(await askTool("order_status", { order: "7" }, { callId: randomUUID() })).toBe("It is on its way.");

    const { secrets: _, ...rest } = settings;
    const params = Promise.resolve({ endpointId: String(id) });
    const put = (json: object) => endpoint.PUT(ask(`/api/tools/endpoints/${id}`, "PUT", json), { params });
    expect((await put({ ...rest, sentence: "Now it is {{state}}." })).status).toBe(204);
    expect((await run("order_status", { args: { order: "8" } })).status).toBe(200);
    expect(outside.received.at(-1)?.headers.authorization).toBe("Bearer sk-never-shown-again");

    const shown = [
      await (await endpoints.GET(ask("/api/tools/endpoints"))).text(),
      await (await tools.GET(ask("/api/tools"))).text(),
    ].join();
    expect(shown).toContain('"secretNames":["authorization"]');
    expect(shown).not.toContain("sk-never-shown-again");
    expect(shown).not.toContain("sealed");

    const gone = () => endpoint.DELETE(ask(`/api/tools/endpoints/${id}`, "DELETE"), { params });
    expect([(await gone()).status, (await gone()).status]).toEqual([204, 404]);
    expect(await actions()).toEqual(
      expect.arrayContaining(
        ["created", "changed", "deleted"].map((did) => `tool-endpoint.${did} order_status`),
      ),
    );
  });

  test("can be moved to another host only with its secrets entered again", async () => {
    const named = { ...settings, name: "moved" };
    const { id } = await (await endpoints.POST(ask("/api/tools/endpoints", "POST", named))).json();
    const { secrets, ...rest } = { ...named, url: "https://thief.example.com/{{order}}" };
    const params = Promise.resolve({ endpointId: String(id) });
    const put = (json: object) => endpoint.PUT(ask(`/api/tools/endpoints/${id}`, "PUT", json), { params });
    expect((await put(rest)).status).toBe(409);
    expect((await put({ ...rest, secrets })).status).toBe(204);
  });

  test.each(["echo", "Send_Email", "mail"])("cannot be named %s", async (name) => {
    const response = await endpoints.POST(ask("/api/tools/endpoints", "POST", { ...settings, name }));
    expect(response.status).toBe(422);
  });
});

test("tools: the name of every built-in tool is reserved", () => {
  expect(builtInTools.map(({ name }) => name).filter((name) => !reservedNames.includes(name))).toEqual([]);
});

test("tools: a tool is listed with its schema, calls, latency and failures", async () => {
  const callId = randomUUID();
  await askTool("echo", { text: "a" }, { callId, id: "call_a", with: { timestamp: Date.now() } });
  await askTool("echo", {}, { callId, id: "call_b", with: { timestamp: Date.now() + 1 } });
  const { tools: listed } = await (await tools.GET(ask("/api/tools"))).json();
  const echo = listed.find(({ name }: { name: string }) => name === "echo");
  expect(echo).toMatchObject({
    effect: "read",
    parameters: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
    figures: { calls: 2, failures: 1, p50Ms: expect.any(Number), p95Ms: expect.any(Number) },
  });
});

describe("a directory team", () => {
  const team = {
    kind: "number",
    team: "Billing",
    address: "+15550100950",
    extension: null,
    message: null,
    closedMessage: null,
    hours: { zone: "UTC", spans: [{ days: [1], from: "09:00", to: "17:00" }] },
  };

  test("can be added, changed and removed, each with an entry in the audit log", async () => {
    const { id } = await (await directory.POST(ask("/api/tools/directory", "POST", team))).json();
    expect(
      (await directory.POST(ask("/api/tools/directory", "POST", { ...team, team: "billing" }))).status,
    ).toBe(409);
    const params = Promise.resolve({ entryId: String(id) });
    const path = `/api/tools/directory/${id}`;
    const changed = await directoryEntry.PUT(ask(path, "PUT", { ...team, hours: null }), { params });
    expect(changed.status).toBe(204);
    const { entries } = await (await directory.GET(ask("/api/tools/directory"))).json();
    expect(entries).toEqual([{ ...team, id, hours: null }]);
    const gone = () => directoryEntry.DELETE(ask(path, "DELETE"), { params });
    expect([(await gone()).status, (await gone()).status]).toEqual([204, 404]);
    expect(await actions()).toEqual(
      expect.arrayContaining(["created", "changed", "deleted"].map((did) => `directory.${did} Billing`)),
    );
  });

  test.each([
    ["a number without its country", { address: "0550 100" }],
    ["a SIP address as a number", { address: "sip:a@example.com" }],
    ["an extension of letters", { extension: "ab" }],
  ])("with %s is refused", async (_, more) => {
    const response = await directory.POST(ask("/api/tools/directory", "POST", { ...team, ...more }));
    expect(response.status).toBe(422);
  });
});

test("tools: a dry run of an endpoint that writes data sends nothing, and shows the request", async () => {
  const before = outside.received.length;
  const booking = {
    ...settings,
    name: "book_table",
    effect: "write",
    method: "POST",
    body: { guests: "{{order}}" },
  };
  expect((await endpoints.POST(ask("/api/tools/endpoints", "POST", booking))).status).toBe(201);
  const tryIt = (isDry: boolean) => run("book_table", { args: { order: "four" }, isDry });
  const { body } = await tryIt(true);
  expect(body.result).toBe(`It would send POST ${outside.url}/four with {"guests":"four"}`);
  expect(outside.received).toHaveLength(before);
  expect((await tryIt(false)).body.result).toBe("It is on its way.");
  expect(outside.received.slice(before).map(({ path }) => path)).toEqual(["/four"]);
});
