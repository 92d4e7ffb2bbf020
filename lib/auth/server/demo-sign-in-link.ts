import "server-only";
import type { Database } from "@/db/client";
import { findFirstAdmin } from "@/db/queries/auth/people";
import { mintSignInLink } from "@/lib/auth/server/links";
import { createFounder } from "@/lib/auth/server/people";
import { createSecret } from "@/lib/auth/server/secrets";

const demoOperator = { email: "demo@earshot.example", name: "Demo operator" };

/**
 * A link that signs whoever runs `npm run demo` in as an admin, once within an hour: as the first one there is, or as
 * one made here, whose password nobody knows.
 */
export async function demoSignInLink(db: Database): Promise<string> {
  await createFounder(db, { ...demoOperator, password: createSecret() }, null);
  return mintSignInLink(db, (await findFirstAdmin(db)) ?? demoOperator.email);
}
