import "server-only";
import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError } from "@slack/webhook";
import { Webhook } from "standardwebhooks";
import type { Claimed } from "@/db/queries/notifications/outbox";
import { env } from "@/lib/env";
import { guardedFetch } from "@/lib/http/server/guarded-fetch";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";
import { canSendMail, sendMail } from "@/lib/mail/server/send-mail";
import type { Message } from "@/lib/notifications/judge";
import { openSecret } from "@/lib/secrets";

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

/** Posts to a Slack channel by its incoming webhook. @throws when Slack does not take it within ten seconds */
export async function sendSlack(url: string, { title, detail, url: link }: Message): Promise<void> {
  const text = `*${escapeText(title)}*\n${escapeText(detail)}\n<${link}|Open in Earshot>`;
  await new IncomingWebhook(url, { timeout: 10_000 }).send({
    text: `${title}. ${detail}`,
    blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
    unfurl_links: false,
  });
}

/** Slack's control characters: https://docs.slack.dev/messaging/formatting-message-text */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Posts to somebody's server as Standard Webhooks has it: signed, with an id that is the same for every attempt.
 * @throws when it is not taken with a 2xx within ten seconds
 */
export async function sendWebhook(url: string, key: string, id: string, message: Message): Promise<void> {
  const at = new Date();
  const body = JSON.stringify(toPayload(message, at));
  await postOutside(url, body, {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(key).sign(id, at, body),
  });
}

function toPayload({ event, ...data }: Message, at: Date) {
  return { type: event, timestamp: at.toISOString(), data };
}

type Channel = Claimed["channel"];

/**
 * Tells one channel, once.
 * @param id the notification's: the same for each attempt
 * @throws when it did not arrive, or nobody said that it did
 */
export async function sendToChannel(channel: Channel, id: string, message: Message): Promise<void> {
  switch (channel.kind) {
    case "slack":
      return sendSlack(findSlackUrl(channel), message);
    case "webhook":
      return sendWebhook(channel.target, readSecret(channel), id, message);
    case "email":
      return sendEmail(channel.target, id, message);
  }
}

function findSlackUrl(channel: Channel): string {
  if (channel.sealedSecret) return readSecret(channel);
  if (env.SLACK_WEBHOOK_URL) return env.SLACK_WEBHOOK_URL;
  throw new MisconfiguredChannel("There is no Slack URL: give the channel one, or set SLACK_WEBHOOK_URL.");
}

function readSecret({ id, sealedSecret }: Channel): string {
  const secret = sealedSecret && openSecret(sealedSecret, id);
  if (secret) return secret;
  throw new MisconfiguredChannel(
    "Its secret cannot be read, since BETTER_AUTH_SECRET has changed: make the channel anew.",
  );
}

/** The same Message-ID for each attempt: mail programs show a repeat once. */
async function sendEmail(to: string, id: string, { title, detail, url }: Message): Promise<void> {
  if (!canSendMail()) throw new MisconfiguredChannel("No mail can be sent: set SMTP_URL.");
  const messageId = `<${id}@${new URL(env.APP_URL).hostname}>`;
  await sendMail({ to, subject: title, text: `${title}\n${detail}\n\n${url}\n`, messageId });
}
