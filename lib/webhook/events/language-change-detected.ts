import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's `ServerMessageLanguageChangeDetected`, and `language-changed`, its older name, which has no schema. */
export const languageChangeDetectedSchema = z.looseObject({ language: z.string().nullish() });

/** The transcriber has switched to the language it detected. */
export const languageChangeDetected = defineEvent({
  types: ["language-change-detected", "language-changed"],
  schema: languageChangeDetectedSchema,
  isBrief: true,
  identity: (message) => message.language ?? "",
  project: ({ language }, { at, key }) => ({
    marks: [{ key, kind: "language", at, detail: language ?? null }],
  }),
});
