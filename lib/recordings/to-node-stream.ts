import "server-only";
import { Readable } from "node:stream";

/** A body of fetch as a stream of Node, which is what S3's client takes: piece by piece, at the reader's pace. */
export function toNodeStream(body: ReadableStream<Uint8Array>): Readable {
  return Readable.from(readAll(body));
}

async function* readAll(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
