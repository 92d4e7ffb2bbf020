import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { findEmail, hasPeople, type Who } from "@/db/queries/auth/people";
import type { By } from "@/lib/audit/audit";
import { createAuth } from "@/lib/auth/server/better-auth";
import { env } from "@/lib/env";

/** Returns a link that sets a password once, within an hour, for an admin to hand over; null for an unknown address. */
async function mintResetLink(db: Database, email: string): Promise<string | null> {
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

/** Makes and audits a reset link, for when mail is not set up or does not arrive; null if there is no such person. */
export async function makeResetLink(db: Database, who: Who, by: By): Promise<string | null> {
  const email = await findEmail(db, who);
  if (!email) return null;
  await recordAudit(db, { ...by, action: "reset-link.created", target: email });
  return mintResetLink(db, email);
}

/**
 * Returns a link that signs a person in once, within an hour. For the server's own shell (`npm run demo`): no request
 * can create one.
 * @throws when no one has the address: the link would lead nowhere
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
  if (!link) throw new Error(`No sign-in link was created for ${email}.`);
  return link;
}

/**
 * Token that /welcome requires: SETUP_TOKEN, else one derived from BETTER_AUTH_SECRET, which every instance knows
 * without storing it and anyone who can read the startup log may use. Worthless once a person exists.
 */
export function welcomeToken(): string {
  return env.SETUP_TOKEN ?? keyed("earshot: first operator").toString("base64url");
}

/** Whether a claim is the welcome token; takes the same time for any claim. */
export function isWelcomeToken(claim: string): boolean {
  return timingSafeEqual(keyed(claim), keyed(welcomeToken()));
}

function keyed(text: string): Buffer {
  return createHmac("sha256", env.BETTER_AUTH_SECRET).update(text).digest();
}

/** The link under which the first admin is created, or null once a person exists. */
export async function welcomeLink(db: Pick<Database, "select">): Promise<string | null> {
  if (await hasPeople(db)) return null;
  return `${env.APP_URL}/welcome?token=${encodeURIComponent(welcomeToken())}`;
}
