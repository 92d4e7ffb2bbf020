import "server-only";
import { describeError, log } from "@/lib/log";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sends somebody the link that sets a new password. A mail that cannot be sent is a log line: whoever asked is told
 * the same in any case, and an admin can hand over a link.
 */
export async function mailResetLink({ email, link }: { email: string; link: string }): Promise<void> {
  const text = [
    "Somebody, probably you, asked for a new password for this address.",
    `Set it here within an hour: ${link}`,
    "If it was not you, nothing has to be done: the old password stays.",
  ].join("\n\n");
  try {
    await sendMail({ to: email, subject: "Set a new Earshot password", text });
  } catch (cause) {
    log("error", "a reset link could not be mailed", describeError(cause));
  }
}
