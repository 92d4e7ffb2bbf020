import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { workshopDesk } from "../../simulator/dialogues/car-service";
import { clinicReception } from "../../simulator/dialogues/clinic-rescheduling";
import { hotelDesk } from "../../simulator/dialogues/hotel-reservation";
import { assistantIdOf } from "../../simulator/frame/build-assistant";

export type VapiDocument = Record<string, unknown> & { id: string };

const collections = ["assistant", "squad", "phone-number", "tool"] as const;

export type Collection = (typeof collections)[number];

const isCollection = (name: string): name is Collection => collections.some((each) => each === name);

/**
 * Vapi's settings as its REST API presents them: lists newest first, documents by id, PATCH that replaces whole
 * top-level fields (null removes one), and credentials whose secrets are never returned. Documents are stored as JSON
 * text so that bytes can be compared.
 */
export function createVapiSettings() {
  const stored = new Map<string, string>();
  const credentials = new Map<string, Record<string, unknown>>();

  /** Field order per document: like a column, a field that is removed and set again keeps its place. */
  const places = new Map<string, string[]>();

  const put = (collection: Collection, document: VapiDocument) => {
    const path = `${collection}/${document.id}`;
    const order = [...new Set([...(places.get(path) ?? []), ...Object.keys(document)])];
    places.set(path, order);
    const present = order.filter((name) => name in document);
    stored.set(path, JSON.stringify(Object.fromEntries(present.map((name) => [name, document[name]]))));
  };
  const get = (collection: Collection, id: string): VapiDocument =>
    JSON.parse(stored.get(`${collection}/${id}`) ?? "null");
  /** Edits a document as a user of Vapi's dashboard would. */
  const edit = (collection: Collection, id: string, fields: Record<string, unknown>, at = new Date()) => {
    const merged = { ...get(collection, id), ...fields, updatedAt: at.toISOString() };
    const kept = Object.entries(merged).filter(([name]) => fields[name] !== null);
    put(collection, { ...Object.fromEntries(kept), id });
    return get(collection, id);
  };

  function list(collection: Collection, { searchParams }: URL): string {
    const bound = searchParams.get("createdAtLe");
    const found = [...stored]
      .filter(([path]) => path.startsWith(`${collection}/`))
      .map(([, json]) => ({ json, createdAt: String(JSON.parse(json).createdAt) }))
      .filter(({ createdAt }) => !bound || createdAt <= bound)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .slice(0, Number(searchParams.get("limit") ?? 100));
    return `[${found.map(({ json }) => json).join()}]`;
  }

  /** Answers an authorized request; null if it is not about a setting. */
  function answer(method: string, url: URL, body: string): { status: number; json: string } | null {
    const [, collection = "", id] = url.pathname.split("/");
    if (collection === "credential") {
      if (method === "DELETE") credentials.delete(id ?? "");
      if (method !== "POST") return { status: 200, json: "{}" };
      const { authenticationPlan, ...made } = { id: randomUUID(), orgId: "local", ...JSON.parse(body) };
      credentials.set(made.id, { ...made, authenticationPlan });
      return { status: 201, json: JSON.stringify(made) };
    }
    if (!isCollection(collection)) return null;
    if (id === undefined) return { status: 200, json: list(collection, url) };
    const found = stored.get(`${collection}/${id}`);
    if (found === undefined) return { status: 404, json: '{"message":"Not found."}' };
    if (method !== "PATCH") return { status: 200, json: found };
    return { status: 200, json: JSON.stringify(edit(collection, id, JSON.parse(body))) };
  }

  return { stored, places, credentials, put, get, edit, answer };
}

type VapiSettings = ReturnType<typeof createVapiSettings>;

/** Adds a few simulated assistants and a number, as for a new user: little of it points to Earshot yet. */
export function putLocalSettings({ put }: VapiSettings): void {
  const at = "2026-03-02T09:00:00.000Z";
  const shared = { orgId: "local", createdAt: at, updatedAt: at };
  const model = {
    provider: "openai",
    model: "gpt-4.1",
    messages: [{ role: "system", content: "Be brief." }],
  };
  for (const profile of [clinicReception, hotelDesk]) {
    put("assistant", { id: assistantIdOf(profile), name: profile.name, model, ...shared });
  }
  put("assistant", {
    id: assistantIdOf(workshopDesk),
    name: workshopDesk.name,
    model,
    server: { url: "https://crm.example.com/vapi", timeoutSeconds: 5 },
    serverMessages: ["end-of-call-report", "status-update"],
    ...shared,
  });
  put("phone-number", {
    id: "5d1f0f7e-4a52-4a2e-9c53-0d3c3a1f0003",
    provider: "vapi",
    assistantId: assistantIdOf(clinicReception),
    ...clinicReception.phone,
    ...shared,
  });
}

/** Answers a request for settings; returns false for any other request. */
export async function serveSettings(
  settings: VapiSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", "http://vapi");
  const answered = settings.answer(request.method ?? "GET", url, await text(request));
  if (answered)
    response.writeHead(answered.status, { "content-type": "application/json" }).end(answered.json);
  return answered !== null;
}
