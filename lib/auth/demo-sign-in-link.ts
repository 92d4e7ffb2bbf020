import "server-only";
import type { Database } from "@/db/client";
import { findFirstAdmin } from "@/db/queries/auth/find-first-admin";
import { createSecret } from "@/lib/auth/create-secret";
import { mintSignInLink } from "@/lib/auth/mint-sign-in-link";
import { createFounder } from "@/lib/auth/people/create-founder";

const demoOperator = { email: "demo@earshot.example", name: "Demo operator" };

/**
 * A link that signs whoever runs `npm run demo` in as an admin, once within an hour: as the first one there is, or as
 * one made here, whose password nobody knows.
 */
export async function demoSignInLink(db: Database): Promise<string> {
  await createFounder(db, { ...demoOperator, password: createSecret() }, null);
  return mintSignInLink(db, (await findFirstAdmin(db)) ?? demoOperator.email);
}
