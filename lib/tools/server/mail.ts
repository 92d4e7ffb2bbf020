import "server-only";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { type MailSettings, mailSettings } from "@/lib/tools/mail-settings";
import { SpokenError } from "@/lib/tools/server/define-tool";
import { fillText, listPlaceholders } from "@/lib/tools/values";

/** Sets the domains assistants may write to, and the templates. */
export async function setMailSettings(db: Database, value: MailSettings, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, mailSettings, value);
    const detail = {
      domains: value.domains.join(", ") || "none",
      templates: value.templates.map(({ name }) => name).join(", ") || "none",
    };
    await recordAudit(tx, { ...by, action: "tool-mail.changed", detail });
  });
}

export interface MailRequest {
  to: string;
  template: string;
  /** Null: not known. */
  values: Record<string, string | null>;
}

/**
 * Builds the requested e-mail if it is allowed.
 * @throws SpokenError if the template does not exist, a value is missing, or the domain is not allowed
 */
export function writeMail({ domains, templates }: MailSettings, { to, template, values }: MailRequest) {
  const domain = to.slice(to.lastIndexOf("@") + 1).toLowerCase();
  if (!domains.includes(domain))
    throw new SpokenError("I am not allowed to send e-mail to that address. Nothing was sent.");
  const chosen = templates.find(({ name }) => name === template);
  if (!chosen) {
    const names = templates.map(({ name }) => name).join(", ");
    throw new SpokenError(
      `There is no e-mail with that name. Nothing was sent. Available: ${names || "none"}.`,
    );
  }
  const missing = listPlaceholders(`${chosen.subject} ${chosen.text}`).filter(
    (name) => !Object.hasOwn(values, name) || values[name] === null,
  );
  if (missing.length > 0) {
    throw new SpokenError(`This e-mail also needs: ${missing.join(", ")}. Nothing was sent.`);
  }
  const toValue = (name: string) => values[name] ?? "";
  return {
    to,
    // A header is a single line.
    subject: fillText(chosen.subject, toValue).replace(/\s+/g, " ").trim(),
    text: fillText(chosen.text, toValue),
  };
}
