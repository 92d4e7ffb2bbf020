import "server-only";
import { env } from "@/lib/env";

type Mail = {
  /** One address, or several separated by commas. */
  to: string;
  subject: string;
  text: string;
  /** `<id@host>`: the same for every attempt, so that mail programs show a repeat only once. */
  messageId?: string;
};

/** Whether e-mail can be sent; without SMTP_URL, admins pass links on themselves. */
export const canSendMail = () => env.SMTP_URL !== undefined;

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 };

/**
 * Sends one plain-text e-mail through SMTP_URL.
 * @throws if SMTP_URL is not set, or the server does not respond for 10 seconds or rejects the e-mail
 */
export async function sendMail(mail: Mail): Promise<void> {
  if (!env.SMTP_URL) throw new Error("E-mail is off: SMTP_URL is not set.");
  // Loaded on demand: every module that may send e-mail imports this one, including the webhook.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ url: env.SMTP_URL, ...timeouts });
  try {
    await transport.sendMail({ from: env.MAIL_FROM ?? defaultSender(), ...mail });
  } finally {
    transport.close();
  }
}

function defaultSender(): string {
  return `Earshot <earshot@${new URL(env.APP_URL).hostname}>`;
}
