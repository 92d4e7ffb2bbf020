/**
 * A refusal as an RFC 9457 problem document.
 * @param title the kind of problem, the same words each time
 * @param detail what happened here and what to do, for a person to read
 */
export function problem(status: number, title: string, detail: string, headers: HeadersInit = {}): Response {
  const response = Response.json({ title, status, detail }, { status, headers });
  response.headers.set("content-type", "application/problem+json");
  response.headers.set("cache-control", "no-store");
  return response;
}
