import "server-only";
import type { Database } from "@/db/client";
import { hasPeople } from "@/db/queries/auth/has-people";
import { welcomeToken } from "@/lib/auth/welcome-token";
import { env } from "@/lib/env";

/** The link under which the first operator is created, or null when somebody can sign in already. */
export async function welcomeLink(db: Pick<Database, "select">): Promise<string | null> {
  if (await hasPeople(db)) return null;
  return `${env.APP_URL}/welcome?token=${encodeURIComponent(welcomeToken())}`;
}
