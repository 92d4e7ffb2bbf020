import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { route } from "@/lib/http/server/route";
import { transferDefaultsSchema, transferDefaultsSetting } from "@/lib/routing/routing";
import { setTransferDefaults } from "@/lib/routing/server/manage";

export const GET = route("GET", "/api/dialing/transfers", {
  access: "settings.manage",
  summary: "Get the default transfer destinations",
  answer: transferDefaultsSchema,
  handle: () => readSetting(db, transferDefaultsSetting),
});

export const PUT = route("PUT", "/api/dialing/transfers", {
  access: "settings.manage",
  summary: "Set the default transfer destinations",
  body: transferDefaultsSchema,
  answer: null,
  async handle({ body, by }) {
    await setTransferDefaults(db, body, by);
    return null;
  },
});
