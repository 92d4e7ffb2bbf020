import * as z from "zod";
import { roleSchema } from "@/lib/auth/roles";

/** How long a key may live, in days; null: until it is revoked. */
export const newKeySchema = z.object({
  name: z.string().trim().min(1, "Name what the key is for.").max(100),
  role: roleSchema,
  expiresInDays: z.number().int().min(1).max(3650).nullable(),
});

export type NewKey = z.infer<typeof newKeySchema>;
