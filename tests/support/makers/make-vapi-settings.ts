import { defaultMessages, neededBackoff, neededMessages } from "@/lib/connect/needs";

type Fields = Record<string, unknown>;

const idOf = (index: number) => `41e4a819-0000-4e88-8f1e-${String(index).padStart(12, "0")}`;

/** Makes an assistant in Vapi's format, with the parts that Connect must leave alone: prompt, voice, nested metadata, null. */
export function makeVapiAssistant(index: number, fields: Fields = {}) {
  return {
    id: idOf(index),
    orgId: "0f1e2d3c-0000-4e88-8f1e-000000000001",
    name: `Clinic desk ${index}`,
    voice: { provider: "11labs", voiceId: "burt", stability: 0.5 },
    createdAt: new Date(Date.parse("2026-03-01T09:00:00.000Z") + index * 60_000).toISOString(),
    updatedAt: "2026-11-01T09:00:00.000Z",
    model: {
      model: "gpt-4.1",
      messages: [{ role: "system", content: `You answer the phone for desk ${index}. Naïve café ☎.` }],
      provider: "openai",
      toolIds: [],
    },
    firstMessage: "",
    transcriber: { model: "nova-2", language: "en", provider: "deepgram" },
    metadata: { "10": "ten", "2": "two", nested: { list: [1, "1", null] } },
    latestVersion: null,
    ...fields,
  };
}

/** Makes a server object without faults. */
export function makeVapiServer(appUrl: string, credentialId: string, fields: Fields = {}) {
  return {
    url: `${appUrl}/api/webhook`,
    timeoutSeconds: 20,
    credentialId,
    backoffPlan: neededBackoff,
    ...fields,
  };
}

/**
 * Lists fifteen ways to set up an assistant wrong, one fault each. The name is the kind of fault.
 * @param good a server without faults
 */
export function listFaultyFields(good: Fields, retiredCredentialId: string): Record<string, Fields> {
  const { credentialId: _, ...anonymous } = good;
  const { backoffPlan: __, ...once } = good;
  const serverMessages = [...neededMessages];
  const withServer = (server: Fields) => ({ server, serverMessages });
  return {
    "no-server": { serverMessages },
    "other-server": withServer({ ...good, url: "https://crm.example.com/vapi", headers: { "x-team": "7" } }),
    "wrong-path": withServer({ ...good, url: `${String(good.url)}/hooks` }),
    "no-credential": withServer(anonymous),
    "unknown-credential": withServer({ ...good, credentialId: "11111111-2222-4333-8444-555555555555" }),
    "retired-credential": withServer({ ...good, credentialId: retiredCredentialId }),
    "overriding-header": withServer({ ...good, headers: { "X-Signature": "fixed", "x-team": "7" } }),
    "missing-messages": { server: good, serverMessages: defaultMessages.filter((type) => type !== "hang") },
    "default-messages": { server: good },
    "takes-control": { server: good, serverMessages: [...serverMessages, "phone-call-control"] },
    "no-retries": withServer(once),
    "unretried-status": withServer({
      ...good,
      backoffPlan: { ...neededBackoff, excludedStatusCodes: [400, 503] },
    }),
    "short-timeout": withServer({ ...good, timeoutSeconds: 3 }),
    encrypted: withServer({ ...good, encryptedPaths: ["message.transcript"] }),
    "tool-server": {
      ...withServer(good),
      model: {
        provider: "openai",
        tools: [
          { type: "function", function: { name: "echo" }, server: { url: "https://tools.example.com/echo" } },
          { type: "function", function: { name: "book" }, server: { url: "https://tools.example.com/book" } },
        ],
        model: "gpt-4.1",
      },
    },
  };
}
