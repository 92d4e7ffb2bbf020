import "server-only";
import { IncomingWebhookHTTPError, IncomingWebhookRequestError } from "@slack/webhook";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { NotTaken } from "@/lib/notifications/post-outside";

/** Why something did not arrive, in a sentence an admin can act on. Never an error's own words: they may quote a secret URL. */
export function describeFailure(cause: unknown): string {
  if (cause instanceof NotTaken || cause instanceof OutgoingRefused) return cause.message;
  if (cause instanceof IncomingWebhookHTTPError) return `Slack answered ${cause.statusCode}.`;
  if (cause instanceof IncomingWebhookRequestError) return describeFailure(cause.original);
  if (cause instanceof MisconfiguredChannel) return cause.message;
  if (!(cause instanceof Error)) return "It failed, and nothing says why.";
  if (cause.name === "TimeoutError" || cause.name === "AbortError")
    return "There was no answer within ten seconds.";
  const answer = readProperty(cause, "responseCode");
  if (answer) return `The mail server answered ${answer}.`;
  const code =
    readProperty(cause, "code") ?? (cause.cause instanceof Error ? readProperty(cause.cause, "code") : null);
  return code ? `It could not be reached (${code}).` : "It could not be reached.";
}

/** A channel that cannot work as it is set up. The message says what to do. */
export class MisconfiguredChannel extends Error {
  override name = "MisconfiguredChannel";
}

function readProperty(cause: Error, name: string): string | null {
  const value: unknown = Reflect.get(cause, name);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
