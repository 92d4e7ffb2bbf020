import "server-only";
import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError } from "@slack/webhook";
import { env } from "@/lib/env";
import {
  type Channel,
  type ChannelSender,
  MisconfiguredChannel,
  readSecret,
} from "@/lib/notifications/server/channels/sender";

/** A Slack channel, by its incoming webhook. */
export const slack: ChannelSender<"slack"> = {
  create: ({ url }) => ({
    target: url === null ? "SLACK_WEBHOOK_URL" : `${new URL(url).host}/…${url.slice(-4)}`,
    secret: url,
    key: null,
  }),
  async send(channel, _id, { title, detail, url: link }) {
    const text = `*${escapeText(title)}*\n${escapeText(detail)}\n<${link}|Open in Earshot>`;
    await new IncomingWebhook(findUrl(channel), { timeout: 10_000 }).send({
      text: `${title}. ${detail}`,
      blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
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
  throw new MisconfiguredChannel("There is no Slack URL: give the channel one, or set SLACK_WEBHOOK_URL.");
}

/** Slack's control characters: https://docs.slack.dev/messaging/formatting-message-text */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
