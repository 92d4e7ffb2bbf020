import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { env } from "@/lib/env";
import { BigInteger } from "@/lib/lossless-json";
import { canSendMail, sendMail } from "@/lib/mail/server/send-mail";
import { mailSettings } from "@/lib/tools/mail-settings";
import { defineTool, SpokenError } from "@/lib/tools/server/define-tool";
import { type MailRequest, writeMail } from "@/lib/tools/server/mail";

/** Models also write numbers, and null for a value that they do not know. */
const value = z.preprocess(
  (given) =>
    ["number", "boolean"].includes(typeof given) || given instanceof BigInteger ? String(given) : given,
  z.string().max(4_000).nullable(),
);

const parameters = z.object({
  to: z.email().max(320).describe("The recipient's address."),
  template: z.string().max(40).describe("The name of the e-mail to send, such as follow-up."),
  values: z
    .record(z.string().max(60), value)
    .default({})
    .describe("Values for the e-mail's placeholders, by name."),
});

/** Sends an e-mail from one of an admin's templates, to a domain that an admin allows. */
export const sendEmail = defineTool({
  name: "send_email",
  description: "Send the caller an e-mail, such as a summary, a link or a confirmation.",
  effect: "write",
  effectClause: "the e-mail was sent",
  timeoutMs: 15_000,
  parameters,
  run: async ({ args, id }) => {
    const mail = await write(args);
    // The same for each attempt, so that mail programs show a repeat only once.
    await send({ ...mail, messageId: `<${id}@${new URL(env.APP_URL).hostname}>` });
    return `The e-mail was sent to ${mail.to}.`;
  },
  rehearse: async ({ args }) => {
    const { to, subject, text } = await write(args);
    return `It would send “${subject}” to ${to}: ${text}`;
  },
});

async function write(request: MailRequest) {
  if (!canSendMail()) throw new SpokenError("E-mail is not set up here. Nothing was sent.");
  return writeMail(await readSetting(db, mailSettings), request);
}

/** Reports that nothing was sent only if the server certainly did not accept the e-mail; otherwise the outcome is unknown. */
async function send(mail: Parameters<typeof sendMail>[0]): Promise<void> {
  try {
    await sendMail(mail);
  } catch (cause) {
    if (isRefusal(cause))
      throw new SpokenError("The mail server did not accept the e-mail. Nothing was sent.");
    throw cause;
  }
}

const refusals = new Set(["EENVELOPE", "EMESSAGE", "EAUTH", "ENOAUTH", "EDNS", "ETLS"]);

function isRefusal(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  // A connection cut later has the same code as one that was never established.
  if ("syscall" in cause && cause.syscall === "connect") return true;
  return "code" in cause && refusals.has(String(cause.code));
}
