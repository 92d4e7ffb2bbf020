import "server-only";
import type { Database } from "@/db/client";
import { createAuth } from "@/lib/auth/create-auth";

/** A link that sets somebody's password once, within an hour, for an admin to hand over; null when nobody has the address. */
export async function mintResetLink(db: Database, email: string): Promise<string | null> {
  let minted: string | null = null;
  const auth = createAuth(db, {
    resetLink: async ({ link }) => {
      minted = link;
    },
    signInLink: async () => {},
  });
  await auth.api.requestPasswordReset({ body: { email } });
  return minted;
}
