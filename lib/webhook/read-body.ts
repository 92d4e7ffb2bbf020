import "server-only";

/** Above Vapi's largest recorded body (453 KB) by far; Vercel itself cuts at 4.5 MB. */
export const maxBodyBytes = 5 * 1024 * 1024;

/**
 * The raw bytes of a request, or null when there are more than `maxBodyBytes`: then reading stops there. They are put
 * together once: `arrayBuffer()` copies what it has put together, and of large bodies copies are what costs.
 */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length")) > maxBodyBytes) return null;
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > maxBodyBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(read.value);
  }
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks, bytes);
}
