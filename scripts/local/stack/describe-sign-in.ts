import type { Stack } from "./start-stack";

/**
 * How to get in: the link to create the first operator; for a demo, and wherever the database is on this machine
 * only, a link that signs in once; otherwise the page to sign in on.
 * The app's own code makes the links, and reads its environment when it is loaded: hence the late imports.
 */
export async function describeSignIn({ environment, database }: Stack, isDemo: boolean): Promise<string> {
  Object.assign(process.env, environment);
  const { db } = await import("@/db/client");
  const { demoSignInLink } = await import("@/lib/auth/demo-sign-in-link");
  const { welcomeLink } = await import("@/lib/auth/welcome-link");
  try {
    const welcome = isDemo ? null : await welcomeLink(db);
    if (welcome) return `${welcome} (creates the first operator)`;
    if (isDemo || database.isOurs) return `${await demoSignInLink(db)} (works once, for an hour)`;
    return `${environment.APP_URL}/sign-in`;
  } finally {
    await db.$client.end();
  }
}
