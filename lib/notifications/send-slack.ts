import "server-only";
import { IncomingWebhook } from "@slack/webhook";
import type { Message } from "@/lib/notifications/message";

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
