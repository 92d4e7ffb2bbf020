import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { route } from "@/lib/http/server/route";
import { mailSettings, mailSettingsSchema } from "@/lib/tools/mail-settings";
import { setMailSettings } from "@/lib/tools/server/mail";

export const GET = route("GET", "/api/tools/mail", {
  access: "settings.manage",
  summary: "Get the e-mails assistants can send and the allowed recipient domains",
  answer: mailSettingsSchema,
  handle: () => readSetting(db, mailSettings),
});

export const PUT = route("PUT", "/api/tools/mail", {
  access: "settings.manage",
  summary: "Set the e-mails assistants can send and the allowed recipient domains",
  body: mailSettingsSchema,
  answer: null,
  async handle({ body, by }) {
    await setMailSettings(db, body, by);
    return null;
  },
});
