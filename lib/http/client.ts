import * as z from "zod";
import { serverTime } from "@/lib/http/server-time";

const problemSchema = z.object({ title: z.string(), detail: z.string().optional() });

/** A response that is not 2xx. The message is the server's own sentence (RFC 9457) if it sent one. */
export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** `fetch` for our own API; each response also corrects the page's clock. */
export async function fetchOwn(path: string, init: RequestInit): Promise<Response> {
  const askedAt = Date.now();
  const response = await fetch(path, init);
  serverTime.learn(response, askedAt);
  return response;
}

/**
 * Fetches our own API's JSON in a browser and checks its shape, because a page may be older than the server.
 *
 * @throws RequestFailed, an Error with a message for the person when the network is down, a ZodError when the response has
 *   another shape.
 */
export async function fetchJson<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const response = await fetchOwn(path, {
    headers: { accept: "application/json" },
    signal: signal ?? null,
  }).catch((cause) => {
    throw signal?.aborted ? cause : new Error("Earshot cannot be reached.", { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return schema.parse(body);
  const { data: problem } = problemSchema.safeParse(body);
  throw new RequestFailed(
    response.status,
    problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`,
  );
}

/** Result of a request: the response's value, or a message for the person. */
export type Sent =
  | { ok: true; value: unknown }
  /** `status`: that of the response, if there was one. */
  | { ok: false; why: string; status?: number };

/** Our problem documents have `detail`, better-auth's errors have `message`. */
const refusalSchema = z.object({ detail: z.string().optional(), message: z.string().optional() });

/** Sends JSON from one of our pages to our own API. Never throws: an unreachable server is also a result. */
export async function sendJson(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  const response = await fetchOwn(path, {
    method,
    headers: { ...(body && { "content-type": "application/json" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => null);
  if (!response) {
    return { ok: false, why: "Earshot cannot be reached. Nothing was changed. Try again." };
  }

  const answer: unknown = await response.json().catch(() => null);
  const { ok, status } = response;
  return ok ? { ok, value: answer } : { ok, why: reasonOf(response, answer), status };
}

function reasonOf(response: Response, answer: unknown): string {
  const refusal = refusalSchema.safeParse(answer).data;
  const seconds = response.headers.get("x-retry-after");
  if (response.status === 429 && seconds) return `Too many attempts. Try again in ${seconds} s.`;
  return refusal?.detail ?? refusal?.message ?? `Earshot answered ${response.status}. Try again.`;
}
