import * as z from "zod";
import { roleSchema } from "@/lib/auth/roles";
import { emailSchema } from "@/lib/auth/schemas";

/** `expiresInDays`: null for a key that is valid until it is revoked. */
export const newKeySchema = z.object({
  name: z.string().trim().min(1, "Enter a name.").max(100),
  role: roleSchema,
  expiresInDays: z.number().int().min(1).max(3650).nullable(),
});

export type NewKey = z.infer<typeof newKeySchema>;

/** Sent by the people page to invite a person. */
export const invitationSchema = z.object({ email: emailSchema, role: roleSchema });

export type InvitationInput = z.infer<typeof invitationSchema>;

/** Changes to a person, one per request. */
export const personChangeSchema = z.union([
  z.strictObject({ role: roleSchema }),
  z.strictObject({ blocked: z.boolean() }),
]);

/**
 * Outcome of a change to a person. `last-admin`: refused, because no one could manage people any more; `self`: refused,
 * because people cannot do this to themselves.
 */
export type PersonChange = "done" | "unknown" | "last-admin" | "self";
