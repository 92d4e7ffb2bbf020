import "server-only";
import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError } from "@slack/webhook";
import { env } from "@/lib/env";
import type { Message } from "@/lib/notifications/message";
import {
  type Channel,
  type ChannelSender,
  MisconfiguredChannel,
  readSecret,
} from "@/lib/notifications/server/channels/sender";

/** A Slack channel, through an incoming webhook. */
export const slack: ChannelSender<"slack"> = {
  create: ({ url }) => ({
    target: url === null ? "SLACK_WEBHOOK_URL" : `${new URL(url).host}/…${url.slice(-4)}`,
    secret: url,
    key: null,
  }),
  async send(channel, _id, message) {
    await new IncomingWebhook(findUrl(channel), { timeout: 10_000 }).send({
      ...toSlack(message),
      unfurl_links: false,
    });
    return null;
  },
  explain(cause) {
    if (cause instanceof IncomingWebhookHTTPError) return `Slack answered ${cause.statusCode}.`;
    return cause instanceof IncomingWebhookRequestError ? cause.original : null;
  },
};

function findUrl(channel: Channel): string {
  if (channel.sealedSecret) return readSecret(channel);
  if (env.SLACK_WEBHOOK_URL) return env.SLACK_WEBHOOK_URL;
  throw new MisconfiguredChannel("No Slack URL. Add one to the channel, or set SLACK_WEBHOOK_URL.");
}

/** A message in Slack's blocks, with plain text for notifications. */
export function toSlack({ title, detail, url }: Message) {
  const text = `*${escapeText(title)}*\n${escapeText(detail)}\n<${url}|Open in Earshot>`;
  return {
    text: escapeText(`${title}. ${detail}`),
    // A section takes at most 3000 characters.
    blocks: [{ type: "section" as const, text: { type: "mrkdwn" as const, text: text.slice(0, 3_000) } }],
  };
}

/** Slack's control characters: https://docs.slack.dev/messaging/formatting-message-text */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
