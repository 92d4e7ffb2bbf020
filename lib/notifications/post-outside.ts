import "server-only";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";

/** The other side answered, and did not take it. */
export class NotTaken extends Error {
  override name = "NotTaken";

  constructor(status: number) {
    super(`The server answered ${status}.`);
  }
}

/**
 * Posts to a server an admin has named, if it is one we may reach. Redirects are not followed: a signed body goes where it
 * was meant to.
 * @throws NotTaken, OutgoingRefused, or what there is to throw when no answer comes within ten seconds
 */
export async function postOutside(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const response = await guardedFetch(url, { method: "POST", body, headers, maxRedirects: 0 });
  await response.body?.cancel();
  if (!response.ok) throw new NotTaken(response.status);
}
