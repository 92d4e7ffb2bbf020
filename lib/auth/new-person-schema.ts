import { z } from "zod";
import { passwordSchema } from "@/lib/auth/password";

export const personNameSchema = z.string().trim().min(1, "Say your name.").max(100);

export const emailSchema = z.string().trim().toLowerCase().pipe(z.email("This is no e-mail address."));

/** What /welcome sends. */
export const founderSchema = z.object({
  token: z.string().min(1),
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
});

/** What an invitation's page sends: the address is the invited one. */
export const acceptanceSchema = founderSchema.omit({ email: true });
