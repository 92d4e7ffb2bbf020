import "server-only";

/** Above Vapi's largest recorded body (453 KB) by far; Vercel itself cuts at 4.5 MB. */
export const maxBodyBytes = 5 * 1024 * 1024;

/** The raw bytes of a request, or null when there are more than `maxBodyBytes`: then reading stops there. */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  const declared = request.headers.get("content-length");
  if (Number(declared) > maxBodyBytes) return null;
  // A declared length is enforced by the HTTP server, so the fast way is safe.
  if (declared) return new Uint8Array(await request.arrayBuffer());
  return request.body ? readCapped(request.body) : new Uint8Array();
}

async function readCapped(body: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
