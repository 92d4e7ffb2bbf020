import "server-only";
import { env } from "@/lib/env";

export type Mail = {
  /** One address, or several with commas between. */
  to: string;
  subject: string;
  text: string;
  /** `<id@host>`: the same for each attempt, so that a repeat is shown once. */
  messageId?: string;
};

/** Whether mails can be sent at all; without SMTP_URL an admin hands links over. */
export const canSendMail = () => env.SMTP_URL !== undefined;

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 };

/**
 * One plain-text mail through SMTP_URL.
 * @throws when there is no SMTP_URL, or the server keeps silent for 10 seconds or refuses the mail
 */
export async function sendMail(mail: Mail): Promise<void> {
  if (!env.SMTP_URL) throw new Error("E-mail is off: SMTP_URL is not set.");
  // Whatever may send a mail loads this module, the webhook among it: the library only once there is one to send.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({ url: env.SMTP_URL, ...patience });
  try {
    await transport.sendMail({ from: env.MAIL_FROM ?? defaultSender(), ...mail });
  } finally {
    transport.close();
  }
}

function defaultSender(): string {
  return `Earshot <earshot@${new URL(env.APP_URL).hostname}>`;
}
