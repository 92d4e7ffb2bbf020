import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import Provider, { type Configuration } from "oidc-provider";
import { startServer } from "@/tests/support/servers/start-server";

export const oidcClient = { id: "earshot", secret: "a-client-secret-for-tests" };

export interface OidcServer {
  url: string;
  /** The provider's claims about a person, by the name they sign in with there. */
  claims: Map<string, Record<string, unknown>>;
  /** Changes to the next ID tokens: other claims, a key that the provider does not publish, or no token at all. */
  tampering: { claims?: Record<string, unknown>; isForged?: boolean; isLeftOut?: boolean } | null;
  /** Whether it accepts requests but answers none. */
  isSilent: boolean;
  stop: () => void;
}

interface OidcServerOptions {
  redirectUri: string;
  /** Claims about a person whom `claims` does not name. */
  claimsOf?: (name: string) => Record<string, unknown>;
  /** Whether e-mail and roles are in the ID token itself, not only at the userinfo endpoint. */
  isFullIdToken?: boolean;
  /** Whether its discovery document omits the key URL, so that none of its signatures can be checked. */
  isKeyless?: boolean;
}

/** Starts a certified OpenID Connect provider on loopback. It requires PKCE, and its sign-in page asks only for a name. */
export async function startOidcServer({
  redirectUri,
  claimsOf = () => ({}),
  isFullIdToken = false,
  isKeyless = false,
}: OidcServerOptions): Promise<OidcServer> {
  const claims: OidcServer["claims"] = new Map();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const configuration: Configuration = {
    clients: [
      {
        client_id: oidcClient.id,
        client_secret: oidcClient.secret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
    cookies: { keys: [randomUUID()] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: ["groups", "realm"],
    },
    scopes: ["openid", "email", "profile", "groups"],
    conformIdTokenClaims: !isFullIdToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, ...(claims.get(accountId) ?? claimsOf(accountId)) }),
    }),
    // Skips the consent page.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidcClient.id,
        ...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope("openid email profile groups");
      await grant.save();
      return grant;
    },
  };
  let provider: Provider | undefined;
  const server: OidcServer = { url: "", claims, tampering: null, isSilent: false, stop: () => {} };
  const { url, stop } = await startServer((request, response) => {
    if (!provider || server.isSilent) return;
    if (request.url?.startsWith("/interaction/")) void signInPage(provider, request, response);
    else void provider.callback()(request, response);
  });
  provider = new Provider(url, configuration);
  Object.assign(server, { url, stop });
  const otherKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  provider.use(async (context, next) => {
    await next();
    const { tampering } = server;
    const { body } = context;
    if (isKeyless && isDiscovery(body)) context.body = { ...body, jwks_uri: undefined };
    if (!tampering || !isTokenAnswer(body)) return;
    const [header = "", payload = ""] = body.id_token.split(".");
    const claimed = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), ...tampering.claims };
    const signed = `${header}.${Buffer.from(JSON.stringify(claimed)).toString("base64url")}`;
    const key = tampering.isForged ? otherKey : privateKey;
    const { id_token: _, ...others } = body;
    const signature = sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url");
    context.body = tampering.isLeftOut ? others : { ...others, id_token: `${signed}.${signature}` };
  });
  return server;
}

function isDiscovery(body: unknown): body is { jwks_uri: string } {
  return typeof body === "object" && body !== null && "jwks_uri" in body;
}

function isTokenAnswer(body: unknown): body is { id_token: string } {
  return typeof body === "object" && body !== null && "id_token" in body && typeof body.id_token === "string";
}

/** A sign-in page without a password. The provider's own page loads fonts from other servers. */
async function signInPage(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await text(request)).get("login") ?? "";
    await provider.interactionFinished(request, response, { login: { accountId } });
    return;
  }
  const form = '<form method="post"><label>Name <input name="login"></label> <button>Go on</button></form>';
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(
    `<!doctype html><html lang="en"><title>Example ID</title><link rel="icon" href="data:,">${form}`,
  );
}

/** Keeps cookies between redirects, as a browser does for one host. */
function cookieJar() {
  const kept = new Map<string, string>();
  return {
    header: () => [...kept].map(([name, value]) => `${name}=${value}`).join("; "),
    take(response: Response) {
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        kept.set(name, value);
      }
    },
  };
}

/**
 * Signs a person in at the provider as their browser would. Follows redirects from our authorization request to the
 * address the provider returns them to.
 */
export async function signInAtProvider(
  authorizationUrl: string,
  name: string,
  origin: string,
): Promise<string> {
  const jar = cookieJar();
  let next = new URL(authorizationUrl);
  for (let hop = 0; hop < 10; hop += 1) {
    const isForm = next.pathname.startsWith("/interaction/");
    const response = await fetch(next, {
      method: isForm ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: jar.header() },
      ...(isForm && { body: new URLSearchParams({ login: name }) }),
    });
    jar.take(response);
    const location = response.headers.get("location");
    if (!location) throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
    next = new URL(location, next);
    if (next.origin === origin) return next.href;
  }
  throw new Error("The provider kept redirecting.");
}
