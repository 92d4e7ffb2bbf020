import "server-only";
import { sendMail } from "@/lib/mail/send-mail";

/** Sends somebody the link that sets a new password. @throws when the mail cannot be sent */
export async function mailResetLink({ email, link }: { email: string; link: string }): Promise<void> {
  await sendMail({
    to: email,
    subject: "Set a new Earshot password",
    text: [
      "Somebody, probably you, asked for a new password for this address.",
      `Set it here within an hour: ${link}`,
      "If it was not you, nothing has to be done: the old password stays.",
    ].join("\n\n"),
  });
}
