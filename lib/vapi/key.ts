import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";

/** Vapi's private API key as saved by an admin: encrypted (lib/secrets.ts), with its last characters as a hint. Null if none. */
export const vapiKeySetting = defineSetting(
  "vapi-key",
  z.object({ sealed: z.string().nullable(), hint: z.string().nullable() }),
  { sealed: null, hint: null },
);

/** Where the key comes from, with a hint to tell it from others. */
export const keyStateSchema = z.object({
  source: z.enum(["environment", "saved"]).nullable(),
  hint: z.string().nullable(),
  /** False if it was sealed under another BETTER_AUTH_SECRET. */
  isReadable: z.boolean(),
});

export type KeyState = z.infer<typeof keyStateSchema>;

/** A key as entered. It goes into a header, so it has no spaces or line breaks. */
export const newKeySchema = z.object({
  key: z
    .string()
    .trim()
    .min(8, "Enter Vapi's private API key.")
    .max(500)
    .regex(/^[\x21-\x7e]+$/, "Keys have letters, digits and dashes, no spaces."),
});
