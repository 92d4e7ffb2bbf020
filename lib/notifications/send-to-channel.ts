import "server-only";
import type { Claimed } from "@/db/queries/notifications/claim-notifications";
import { env } from "@/lib/env";
import { canSendMail, sendMail } from "@/lib/mail/server/send-mail";
import { MisconfiguredChannel } from "@/lib/notifications/describe-failure";
import type { Message } from "@/lib/notifications/message";
import { sendSlack } from "@/lib/notifications/send-slack";
import { sendWebhook } from "@/lib/notifications/send-webhook";
import { openSecret } from "@/lib/sealed-secret";

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
  if (!canSendMail) throw new MisconfiguredChannel("No mail can be sent: set SMTP_URL.");
  const messageId = `<${id}@${new URL(env.APP_URL).hostname}>`;
  await sendMail({ to, subject: title, text: `${title}\n${detail}\n\n${url}\n`, messageId });
}
