import { z } from "zod";

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
