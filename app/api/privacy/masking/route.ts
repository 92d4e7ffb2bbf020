import { db } from "@/db/client";
import { readSetting } from "@/db/queries/settings";
import { route } from "@/lib/http/server/route";
import { maskingSchema, maskingSetting } from "@/lib/privacy/mask-sensitive";
import { setMasking } from "@/lib/privacy/server/masking";

export const GET = route("GET", "/api/privacy/masking", {
  access: "settings.manage",
  summary: "Get which kinds of sensitive data are masked before they are stored",
  answer: maskingSchema,
  handle: () => readSetting(db, maskingSetting),
});

export const PUT = route("PUT", "/api/privacy/masking", {
  access: "settings.manage",
  summary: "Set which kinds of sensitive data are masked before they are stored",
  body: maskingSchema,
  answer: null,
  async handle({ body, by }) {
    await setMasking(body, by);
    return null;
  },
});
