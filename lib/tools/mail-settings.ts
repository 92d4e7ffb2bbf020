import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/, "Enter a domain such as example.com.");

export const mailTemplateSchema = z.strictObject({
  /** The name that assistants use. */
  name: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, "Enter a name such as follow-up."),
  /** May contain `{{placeholders}}`, like the text. */
  subject: z.string().trim().min(1, "Enter a subject.").max(200),
  text: z.string().trim().min(1, "Enter a text.").max(10_000),
});

export type MailTemplate = z.infer<typeof mailTemplateSchema>;

export const mailSettingsSchema = z.strictObject({
  /** Domains that assistants may write to, matched exactly. Empty: none. */
  domains: z.array(domain).max(200),
  templates: z
    .array(mailTemplateSchema)
    .max(50)
    .refine(
      (all) => new Set(all.map(({ name }) => name)).size === all.length,
      "Two templates have the same name.",
    ),
});

export type MailSettings = z.infer<typeof mailSettingsSchema>;

/** The e-mails that assistants can send; none until an admin allows a domain. */
export const mailSettings = defineSetting<MailSettings>("tool-mail", mailSettingsSchema, {
  domains: [],
  templates: [
    {
      name: "follow-up",
      subject: "After your call: {{subject}}",
      text: "Hello {{name}},\n\n{{message}}\n\nYou can reply to this e-mail if you have any questions.\n",
    },
  ],
});
