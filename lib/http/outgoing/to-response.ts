import "server-only";
import type { IncomingMessage } from "node:http";
import { OutgoingRefused } from "@/lib/http/outgoing/outgoing-refused";

const withoutBody = new Set([204, 205, 304]);

/**
 * An answer as fetch would give it. Its body fails as soon as it is longer than `maxBytes`, and when the signal says so.
 * @throws OutgoingRefused when it says itself that it is longer
 */
export function toResponse(message: IncomingMessage, maxBytes: number, signal: AbortSignal): Response {
  const status = message.statusCode ?? 502;
  const headers = toHeaders(message.rawHeaders);
  if (Number(headers.get("content-length")) > maxBytes) {
    message.destroy();
    throw tooLarge(maxBytes);
  }
  if (withoutBody.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new Response(toBody(readCapped(message, maxBytes, signal)), { status, headers });
}

function toBody(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

async function* readCapped(
  message: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of message) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield new Uint8Array(chunk);
    }
  } catch (cause) {
    // A socket that was cut says only that; the signal says why.
    throw signal.aborted ? signal.reason : cause;
  } finally {
    message.destroy();
  }
}

function toHeaders(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2)
    headers.append(raw[index] ?? "", raw[index + 1] ?? "");
  return headers;
}

function tooLarge(maxBytes: number): OutgoingRefused {
  return new OutgoingRefused("size", `The answer is longer than ${maxBytes} bytes.`);
}
