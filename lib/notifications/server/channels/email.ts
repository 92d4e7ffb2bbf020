import "server-only";
import { env } from "@/lib/env";
import { canSendMail, sendMail } from "@/lib/mail/server/send-mail";
import { type ChannelSender, MisconfiguredChannel } from "@/lib/notifications/server/channels/sender";

/** E-mail addresses, through this server's SMTP settings. */
export const email: ChannelSender<"email"> = {
  create: ({ to }) => ({ target: to, secret: null, key: null }),
  async send({ target: to }, id, { title, detail, url }) {
    if (!canSendMail()) throw new MisconfiguredChannel("E-mail is off: set SMTP_URL.");
    // The same Message-ID for every attempt, so that mail programs show a repeat only once.
    const messageId = `<${id}@${new URL(env.APP_URL).hostname}>`;
    await sendMail({ to, subject: title, text: `${title}\n${detail}\n\n${url}\n`, messageId });
    return null;
  },
  explain(cause) {
    const answer: unknown = cause instanceof Error ? Reflect.get(cause, "responseCode") : undefined;
    return typeof answer === "number" ? `The mail server answered ${answer}.` : null;
  },
};
