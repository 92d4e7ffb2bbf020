import "server-only";

const timeoutMs = 10_000;

/** The other side answered, and did not take it. */
export class NotTaken extends Error {
  override name = "NotTaken";
  readonly status: number;

  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

/**
 * Posts to a server an admin has named. Redirects are not followed: a signed body goes where it was meant to.
 * @throws NotTaken, or what fetch throws when there is no answer within ten seconds
 */
export async function postOutside(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
  await response.body?.cancel();
  if (!response.ok) throw new NotTaken(response.status);
}
