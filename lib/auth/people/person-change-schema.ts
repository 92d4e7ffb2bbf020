import { z } from "zod";
import { roleSchema } from "@/lib/auth/role";

/** What may be changed about a person, one at a time. */
export const personChangeSchema = z.union([
  z.strictObject({ role: roleSchema }),
  z.strictObject({ blocked: z.boolean() }),
]);
