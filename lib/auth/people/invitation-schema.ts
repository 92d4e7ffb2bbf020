import { z } from "zod";
import { emailSchema } from "@/lib/auth/new-person-schema";
import { roleSchema } from "@/lib/auth/role";

/** What the people page sends to invite somebody. */
export const invitationSchema = z.object({ email: emailSchema, role: roleSchema });

export type InvitationInput = z.infer<typeof invitationSchema>;
