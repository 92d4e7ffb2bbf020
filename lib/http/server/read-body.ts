import "server-only";
import { problem } from "@/lib/http/server/http";

/** Why a body could not be read. */
export type BodyFailure = "too-large" | "too-slow" | "incomplete";

export interface BodyLimits {
  maxBytes: number;
  /** For the whole body, so that a byte a second does not hold a connection open. */
  timeoutMs: number;
}

/** For everything but Vapi's deliveries. */
const usualLimits: BodyLimits = { maxBytes: 256 * 1024, timeoutMs: 15_000 };

export type BodyText = { refused: Response; text?: never } | { refused: null; text: string };

/**
 * The raw bytes of a request, or why there are none. Nothing is read beyond `maxBytes`, whatever Content-Length says.
 * The pieces are joined once: `arrayBuffer()` copies what it has joined, and copies are what large bodies cost.
 * A body that failed is left unread: cancelling it would cut the connection before the answer is sent.
 */
export async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: BodyLimits = usualLimits,
): Promise<Uint8Array | BodyFailure> {
  if (Number(request.headers.get("content-length")) > maxBytes) return "too-large";
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const deadline = startDeadline(timeoutMs);
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), deadline.passed]);
      if (!read) return "too-slow";
      if (read.done) break;
      bytes += read.value.byteLength;
      if (bytes > maxBytes) return "too-large";
      chunks.push(read.value);
    }
  } catch {
    return "incomplete";
  } finally {
    deadline.stop();
  }
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks, bytes);
}

/** A request's body as text, or the answer to send instead. */
export async function readText(request: Request, limits: BodyLimits = usualLimits): Promise<BodyText> {
  const body = await readBody(request, limits);
  return typeof body === "string"
    ? { refused: bodyProblem(body, limits) }
    : { refused: null, text: new TextDecoder().decode(body) };
}

/** The answer to a body that could not be read. It ends the connection, because the rest of the body is still coming. */
export function bodyProblem(failure: BodyFailure, { maxBytes, timeoutMs }: BodyLimits = usualLimits) {
  const headers = { connection: "close" };
  switch (failure) {
    case "too-large":
      return problem(413, "Too large", `The body may have ${maxBytes / 1024} KB.`, headers);
    case "too-slow":
      return problem(408, "Too slow", `The body did not arrive within ${timeoutMs / 1000} s.`, headers);
    case "incomplete":
      return problem(400, "Incomplete", "The body ended before it was complete.", headers);
  }
}

function startDeadline(timeoutMs: number): { passed: Promise<null>; stop: () => void } {
  let stop = () => {};
  const passed = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    stop = () => clearTimeout(timer);
  });
  return { passed, stop };
}
