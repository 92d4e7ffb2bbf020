import { z } from "zod";
import { addressRangesSchema } from "@/lib/credentials/address-ranges";
import { newSettingsSchema } from "@/lib/credentials/credential-settings";

/** A secret somebody brings along, because Vapi has it already. Short ones could be guessed from their hash. */
const ownSecret = z
  .string()
  .min(20, "A secret needs 20 characters or more; leave it empty to have one made.")
  .max(500)
  .regex(/^[\x21-\x7e]+$/, "A secret has letters, digits and signs of ASCII, and no spaces.");

/** What it takes to make a webhook credential. */
export const newCredentialSchema = z
  .object({
    name: z.string().trim().min(1, "Name where it is used.").max(100),
    settings: newSettingsSchema,
    secret: ownSecret.optional(),
    addressRanges: addressRangesSchema.default([]),
  })
  .refine(({ settings, secret }) => settings.kind !== "oauth2" || secret === undefined, {
    path: ["secret"],
    error: "Client id and secret are made here.",
  })
  .refine(({ settings, secret }) => !secret || !isBase64Key(settings) || isBase64(secret), {
    path: ["secret"],
    error: "This is no Base64.",
  });

export type NewCredential = z.infer<typeof newCredentialSchema>;

function isBase64Key(settings: z.infer<typeof newSettingsSchema>): boolean {
  return settings.kind === "hmac" && settings.secretIsBase64;
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;
}
