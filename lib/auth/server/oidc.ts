import "server-only";
import type { BetterAuthOptions } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { genericOAuth } from "better-auth/plugins";
import type { Database } from "@/db/client";
import { claimedRole } from "@/lib/auth/claimed-role";
import type { Role } from "@/lib/auth/roles";
import { clientAddress } from "@/lib/auth/server/client-address";
import { setRole } from "@/lib/auth/server/people";
import { env } from "@/lib/env";

/** Id of the provider of OIDC_ISSUER_URL in better-auth, in accounts and in the callback's path. */
export const oidcProvider = "oidc";

/** Whether an OpenID Connect provider is configured; the environment has all three variables or none. */
export function isOidcConfigured(): boolean {
  return env.OIDC_ISSUER_URL !== undefined;
}

/**
 * better-auth's configuration of the provider: its endpoints come from the discovery document, each request has PKCE and
 * state, and every sign-in needs an ID token with the provider's signature and issuer, our audience and the nonce we sent.
 */
export function oidcPlugin() {
  const { OIDC_ISSUER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_SCOPES } = env;
  if (!OIDC_ISSUER_URL || !OIDC_CLIENT_ID) throw new Error("No OpenID Connect provider is configured.");
  const plugin = genericOAuth({
    config: [
      {
        providerId: oidcProvider,
        name: OIDC_NAME,
        discoveryUrl: `${OIDC_ISSUER_URL}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId: OIDC_CLIENT_ID,
        clientSecret: OIDC_CLIENT_SECRET,
        scopes: OIDC_SCOPES.split(/\s+/),
        pkce: true,
      },
    ],
  });
  // After the plugin's own hook, which tries again to discover a provider that did not answer at first.
  const before = [...plugin.hooks.before, { matcher: isCallback, handler: requireIdToken }];
  return { ...plugin, hooks: { before } };
}

const isCallback = ({ path }: { path?: string }) => path?.startsWith("/callback/") === true;

const strict = new WeakSet<object>();

/** better-auth checks an ID token if there is one, and trusts the userinfo endpoint if there is none. */
const requireIdToken = createAuthMiddleware(async ({ context }) => {
  const provider = context.socialProviders.find(({ id }) => id === oidcProvider);
  if (!provider || strict.has(provider)) return;
  const getUserInfo = provider.getUserInfo.bind(provider);
  provider.getUserInfo = async (tokens) => (tokens.idToken ? getUserInfo(tokens) : null);
  strict.add(provider);
});

type ValidateUserInfo = NonNullable<NonNullable<BetterAuthOptions["user"]>["validateUserInfo"]>;

/** Role from a request's claims: known before its person is created (`admitNewcomer`). */
const claimedRoles = new WeakMap<Request, Role>();

/**
 * Checks the provider's claims at every sign-in: the address has to be verified, and with OIDC_ROLE_CLAIM the claims
 * have to give a role, which an existing person gets at once. The last admin stays an admin (`setRole`).
 */
export function checkOidcClaims(db: Database): ValidateUserInfo {
  return async ({ user, source }, { request, headers }) => {
    if (source.oauth?.providerId !== oidcProvider) return undefined;
    if (!user.emailVerified) return { error: "email_not_verified" };
    const { OIDC_ROLE_CLAIM: claim, OIDC_ROLE_MAP: map, OIDC_DEFAULT_ROLE: fallback = null } = env;
    if (claim === undefined) return undefined;
    const role = claimedRole(source.oauth.profile ?? {}, { claim, map, fallback });
    if (role === null) return { error: "no_role" };
    if (source.action === "create-user") {
      if (request) claimedRoles.set(request, role);
    } else if (user.id) {
      const ip = headers ? clientAddress(headers) : null;
      await setRole(db, user.id, role, { actor: { kind: "system", name: env.OIDC_NAME }, ip });
    }
    return undefined;
  };
}

/** The role that this request's claims give a new person; null if only an invitation can admit them. */
export function roleForNewcomer(request: Request | undefined): Role | null {
  return (request && claimedRoles.get(request)) ?? null;
}
