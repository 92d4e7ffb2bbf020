import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { controlSetting, controlSettingsSchema } from "@/lib/control/control";
import { setControlSettings } from "@/lib/control/server/state";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/control/settings", {
  access: "calls.control",
  summary: "Get live control settings",
  answer: controlSettingsSchema,
  handle: () => readSetting(db, controlSetting),
});

export const PUT = route("PUT", "/api/control/settings", {
  access: "settings.manage",
  summary: "Set live control settings",
  body: controlSettingsSchema,
  answer: null,
  async handle({ body, by }) {
    const isSet = await setControlSettings(body, by);
    return isSet
      ? null
      : problem(422, "No such team", "The team that alerts transfer to is not in the directory.");
  },
});
