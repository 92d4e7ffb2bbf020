import "server-only";
import type { Database } from "@/db/client";
import { createAuth } from "@/lib/auth/create-auth";

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
