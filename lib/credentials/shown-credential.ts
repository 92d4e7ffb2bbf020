import { z } from "zod";
import { credentialSettingsSchema } from "@/lib/credentials/credential-settings";

/** A credential at the only moment its secret can be seen: as it is made. */
export const shownCredentialSchema = z.object({
  id: z.uuid(),
  secret: z.string(),
  settings: credentialSettingsSchema,
});

export type ShownCredential = z.infer<typeof shownCredentialSchema>;
