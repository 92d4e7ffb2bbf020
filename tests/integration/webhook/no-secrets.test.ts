import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { db } from "@/db/client";
import { knownTypes } from "@/lib/webhook/server/registry";
import { buildBody } from "@/tests/fixtures/build-body";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";

/** A secret of every kind the facts know, each recognisable wherever it turns up. */
const secrets = {
  jwt: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJpbnZlbnRlZCJ9.leak-jwt-signature",
  twilioAuthToken: "leak-twilio-token-0123456789",
  toolSecret: "leak-tool-secret",
  listenUrl: "wss://phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai/leak-listen/listen",
  controlUrl: "https://phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai/leak-control/control",
  sipIdentity: "leak-sip-identity;info=<https://cert.example.com/a.pem>",
  signature: "leak-presigned-signature",
};

const leaky = {
  call: {
    id: "0195a0aa-0000-7000-8000-00000000beef",
    type: "inboundPhoneCall",
    monitor: { listenUrl: secrets.listenUrl, controlUrl: secrets.controlUrl },
    phoneCallProviderDetails: { sip: { raw: `INVITE sip:a\r\nIdentity: ${secrets.sipIdentity}` } },
    assistantOverrides: {
      metadata: { session: secrets.jwt, plan: "gold", accessToken: "leak-access-token" },
    },
  },
  phoneNumber: {
    number: "+15550100900",
    twilioAccountSid: "leak-sid",
    twilioAuthToken: secrets.twilioAuthToken,
  },
  assistant: { id: "a", name: "Nora", server: { url: "https://a.example.com", secret: secrets.toolSecret } },
  note: `see ${secrets.listenUrl} and ${secrets.jwt}`,
  nested: [{ server: { secret: secrets.toolSecret }, authorization: "Bearer leak-bearer-token-123" }],
  presignedRecordingUrl: `https://storage.vapi.ai/rec.wav?X-Amz-Signature=${secrets.signature}`,
};

it("webhook: no secret from any body reaches a row or a log line", { timeout: 60_000 }, async () => {
  const written: string[] = [];
  const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  for (const type of [...knownTypes, "call.new"]) {
    const tool = {
      id: "call_1",
      function: { name: "echo", arguments: { text: secrets.jwt, apiKey: "leak-api-key" } },
    };
    const specific = {
      status: "in-progress",
      toolCallList: [tool],
      functionCall: { name: "echo", parameters: tool.function.arguments },
      role: "user",
      language: "es",
      request: "forward",
      output: { token: leaky.note },
      text: leaky.note,
      input: leaky.note,
      sampleRate: 24_000,
      campaignId: "campaign",
      contact: { id: "contact", number: "+15550100130", assistantOverrides: leaky },
      chat: { id: "chat", ...leaky },
      session: { id: "session", ...leaky },
      destination: { type: "number", number: "+15550100950", transferPlan: leaky },
      artifacts: [{ type: "log", success: true, ...leaky }],
      parameters: leaky,
      ...leaky,
    };
    await deliver(buildBody(type, specific, { with: leaky }));
  }
  for (const body of buildCall("long").bodies) await deliver(body);
  const urls = await deliverRecorded();
  vi.restoreAllMocks();

  const everything = [...written, ...(await dumpDatabase())].join("\n");
  expect(everything).toContain("gold");
  const leaks =
    /.{0,60}(?:leak-|eyJ[\w-]{8,}\.[\w-]{8,}\.|(?:listen|control)Url|phone-call-websocket).{0,40}/g;
  expect(everything.match(leaks) ?? []).toEqual([]);
  for (const url of urls) expect(everything).not.toContain(url);
});

/** Every row of every table, as text. */
async function dumpDatabase(): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const dumps = tables.map(({ name }) =>
    db.execute<{ row: string }>(sql`select t::text as row from ${sql.identifier(name)} t`),
  );
  return (await Promise.all(dumps)).flat().map(({ row }) => row);
}

/** Delivers recorded bodies, if available. Returns the monitor URLs they contained. */
async function deliverRecorded(): Promise<string[]> {
  const folder = join(process.cwd(), "../shared/vapi/recorded");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\d-[a-z-]+\.json$|--.*[^s]\.json$/.test(name),
  );
  const urls = files.map(async (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    if (text.includes('"message"')) await deliver(text);
    return [...text.matchAll(/"(?:listenUrl|controlUrl|twilioAuthToken|secret)": ?"([^"]{12,})"/g)].map(
      ([, value]) => value ?? "",
    );
  });
  return [...new Set((await Promise.all(urls)).flat())];
}
