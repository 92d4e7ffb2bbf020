import { randomUUID } from "node:crypto";
import { findFreePort } from "@/scripts/local/find-free-port";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startStack } from "@/scripts/local/stack/start-stack";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { oidcClient, startOidcServer } from "@/tests/support/servers/oidc-server";
import type { App } from "./app";
import { serveControl } from "./serve-control";
import { signInAdmin } from "./sign-in-admin";

/** Starts all of Earshot, as in production, without the developer's own settings or data. */
export async function startApp(
  index: number,
  parts: Parts,
  startPostgres = () => startThrowawayPostgres(),
): Promise<App> {
  const setupToken = randomUUID();
  const { PATH, HOME, TMPDIR } = process.env;
  const monitorPort = await findFreePort();
  const port = await findFreePort();
  const oidc = await startOidcServer({
    redirectUri: `http://localhost:${port}/api/auth/callback/oidc`,
    // The user name sets the role and the address: "operator.ana" is an operator.
    claimsOf: (name) => ({
      email: `${name}@example.com`,
      email_verified: true,
      name,
      groups: [name.split(".")[0]],
    }),
  });
  parts.add(async () => oidc.stop());
  const { realtime, simulator, environment } = await startStack(
    {
      command: "start",
      host: "127.0.0.1",
      port,
      environment: {
        PATH,
        HOME,
        TMPDIR,
        SETUP_TOKEN: setupToken,
        TRUSTED_PROXIES: "127.0.0.1,::1",
        // Short, so that one test covers the switch from one stream to the next.
        LISTEN_STREAM_SECONDS: "20",
        OIDC_ISSUER_URL: oidc.url,
        OIDC_CLIENT_ID: oidcClient.id,
        OIDC_CLIENT_SECRET: oidcClient.secret,
        OIDC_NAME: "Example ID",
        OIDC_SCOPES: "openid email profile groups",
        OIDC_ROLE_CLAIM: "groups",
        OUTGOING_ALLOWED_HOSTS: `127.0.0.1:${monitorPort}`,
      },
      startPostgres,
      isSimulated: true,
    },
    parts,
  );
  if (!realtime.control || !simulator) throw new Error("The tests need a stack of their own.");
  const control = await serveControl(realtime.control, simulator.hangUp);
  parts.add(control.close);
  const { APP_URL: url, DATABASE_URL: databaseUrl, VAPI_WEBHOOK_SECRET: webhookSecret } = environment;
  const adminState = `.local/e2e/admin-${index}.json`;
  await signInAdmin(url, setupToken, adminState);
  const { VAPI_BASE_URL = "", VAPI_API_KEY = "" } = environment;
  return {
    url,
    databaseUrl,
    webhookSecret,
    controlUrl: control.url,
    vapi: { url: VAPI_BASE_URL, key: VAPI_API_KEY },
    monitorPort,
    adminState,
  };
}
