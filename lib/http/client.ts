import * as z from "zod";

const problemSchema = z.object({ title: z.string(), detail: z.string().optional() });

/** An answer that is not 2xx. The message is the server's own sentence (RFC 9457) where it sent one. */
export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Gets our own API's JSON from a browser and checks its shape: a page may be older than the server that answers.
 *
 * @throws RequestFailed, a TypeError when the network is down, a ZodError when the answer has another shape.
 */
export async function fetchJson<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { headers: { accept: "application/json" }, signal: signal ?? null });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return schema.parse(body);
  const { data: problem } = problemSchema.safeParse(body);
  throw new RequestFailed(
    response.status,
    problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`,
  );
}

/** What came of a request: its answer, or a sentence for whoever asked. */
export type Sent =
  | { ok: true; value: unknown }
  /** `status`: of the answer, where there was one. */
  | { ok: false; why: string; status?: number };

/** Our problem documents say `detail`, better-auth says `message`. */
const refusalSchema = z.object({ detail: z.string().optional(), message: z.string().optional() });

/** Sends JSON from one of our pages to our own API. Never throws: not reaching the server is an outcome, too. */
export async function sendJson(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  const response = await fetch(path, {
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
