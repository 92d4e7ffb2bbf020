import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { route } from "@/lib/http/server/route";
import { setRetention } from "@/lib/privacy/server/erase";
import { retentionSchema, retentionSetting } from "@/lib/privacy/subject";

/** null: kept until deleted. */
export const GET = route("GET", "/api/privacy/retention", {
  access: "settings.manage",
  summary: "Get how many days each kind of data is kept",
  answer: retentionSchema,
  handle: () => readSetting(db, retentionSetting),
});

export const PUT = route("PUT", "/api/privacy/retention", {
  access: "settings.manage",
  summary: "Set how many days each kind of data is kept",
  body: retentionSchema,
  answer: null,
  async handle({ body, by }) {
    await setRetention(db, body, by);
    return null;
  },
});
