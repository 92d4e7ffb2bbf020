import "server-only";
import type { Database } from "@/db/client";
import { findFirstAdmin } from "@/db/queries/auth/people";
import { mintSignInLink } from "@/lib/auth/server/links";
import { createFounder } from "@/lib/auth/server/people";
import { createSecret } from "@/lib/auth/server/secrets";

const demoOperator = { email: "demo@earshot.example", name: "Demo operator" };

/**
 * Returns a link for `npm run demo` that signs in as an admin, once within an hour: as the first admin, or as one
 * created here, whose random password is discarded.
 */
export async function demoSignInLink(db: Database): Promise<string> {
  await createFounder(db, { ...demoOperator, password: createSecret() }, null);
  return mintSignInLink(db, (await findFirstAdmin(db)) ?? demoOperator.email);
}
