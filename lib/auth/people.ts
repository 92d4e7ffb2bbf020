import * as z from "zod";
import { roleSchema } from "@/lib/auth/roles";
import { emailSchema } from "@/lib/auth/schemas";

/** How long a key may live, in days; null: until it is revoked. */
export const newKeySchema = z.object({
  name: z.string().trim().min(1, "Enter a name.").max(100),
  role: roleSchema,
  expiresInDays: z.number().int().min(1).max(3650).nullable(),
});

export type NewKey = z.infer<typeof newKeySchema>;

/** What the people page sends to invite somebody. */
export const invitationSchema = z.object({ email: emailSchema, role: roleSchema });

export type InvitationInput = z.infer<typeof invitationSchema>;

/** What may be changed about a person, one at a time. */
export const personChangeSchema = z.union([
  z.strictObject({ role: roleSchema }),
  z.strictObject({ blocked: z.boolean() }),
]);

/**
 * What became of a change to a person: `last-admin`: refused, for nobody could manage people any more;
 * `self`: refused, for one cannot do it to oneself.
 */
export type PersonChange = "done" | "unknown" | "last-admin" | "self";
