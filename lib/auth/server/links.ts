import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { findEmail, hasPeople, type Who } from "@/db/queries/auth/people";
import type { By } from "@/lib/audit/audit";
import { createAuth } from "@/lib/auth/server/better-auth";
import { env } from "@/lib/env";

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

/** A password reset link for an admin to hand over, where mail is not set up or does not arrive; null where there is no such person. */
export async function makeResetLink(db: Database, who: Who, by: By): Promise<string | null> {
  const email = await findEmail(db, who);
  if (!email) return null;
  await recordAudit(db, { ...by, action: "reset-link.created", target: email });
  return mintResetLink(db, email);
}

/**
 * A link that signs somebody in once, within an hour. For whoever runs the server (`npm run demo`): nothing on
 * the network makes one.
 * @throws when nobody has the address: the link would lead nowhere
 */
export async function mintSignInLink(db: Database, email: string): Promise<string> {
  const links: string[] = [];
  const auth = createAuth(db, {
    resetLink: async () => {},
    signInLink: async ({ link }) => {
      links.push(link);
    },
  });
  await auth.api.signInMagicLink({
    body: { email, callbackURL: "/", errorCallbackURL: "/sign-in" },
    headers: new Headers(),
  });
  const [link] = links;
  if (!link) throw new Error(`No sign-in link was made for ${email}.`);
  return link;
}

/**
 * What /welcome asks for: SETUP_TOKEN, else a token derived from BETTER_AUTH_SECRET, which every instance knows
 * without storing it and which whoever reads the log at start may use. Worth nothing once there is somebody.
 */
export function welcomeToken(): string {
  return env.SETUP_TOKEN ?? keyed("earshot: first operator").toString("base64url");
}

/** Whether a claim is the welcome token; takes the same time whatever the claim. */
export function isWelcomeToken(claim: string): boolean {
  return timingSafeEqual(keyed(claim), keyed(welcomeToken()));
}

function keyed(text: string): Buffer {
  return createHmac("sha256", env.BETTER_AUTH_SECRET).update(text).digest();
}

/** The link under which the first operator is created, or null when somebody can sign in already. */
export async function welcomeLink(db: Pick<Database, "select">): Promise<string | null> {
  if (await hasPeople(db)) return null;
  return `${env.APP_URL}/welcome?token=${encodeURIComponent(welcomeToken())}`;
}
