import type { Environment } from "./environment";

/**
 * How to get in: the link to create the first operator, or, once there is somebody, the page to sign in on.
 * The app's own code says it, which reads its environment when it is loaded: hence the late imports.
 */
export async function describeSignIn(environment: Environment & { APP_URL: string }): Promise<string> {
  Object.assign(process.env, environment);
  const { db } = await import("@/db/client");
  const { welcomeLink } = await import("@/lib/auth/welcome-link");
  try {
    const link = await welcomeLink(db);
    return link ? `create the first operator at ${link}` : `${environment.APP_URL}/sign-in`;
  } finally {
    await db.$client.end();
  }
}
