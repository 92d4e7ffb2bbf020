import * as z from "zod";
import { defineSetting } from "@/lib/settings/setting";

/** Vapi's private API key as an admin has saved it: sealed (lib/secrets.ts), with its last characters. Null: none. */
export const vapiKeySetting = defineSetting(
  "vapi-key",
  z.object({ sealed: z.string().nullable(), hint: z.string().nullable() }),
  { sealed: null, hint: null },
);

/** Where the key comes from, and enough of it to tell it from another. */
export const keyStateSchema = z.object({
  source: z.enum(["environment", "saved"]).nullable(),
  hint: z.string().nullable(),
  /** False for one that was sealed under another BETTER_AUTH_SECRET. */
  isReadable: z.boolean(),
});

export type KeyState = z.infer<typeof keyStateSchema>;

/** A key as it is entered. It goes into a header, so it has no spaces or line breaks. */
export const newKeySchema = z.object({
  key: z
    .string()
    .trim()
    .min(8, "Enter Vapi's private API key.")
    .max(500)
    .regex(/^[\x21-\x7e]+$/, "Keys have letters, digits and dashes, no spaces."),
});
