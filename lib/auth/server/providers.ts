import "server-only";
import type { BetterAuthOptions } from "better-auth";
import { providerNames, type SignInProvider, type SocialProvider } from "@/lib/auth/schemas";
import { isOidcConfigured, oidcProvider } from "@/lib/auth/server/oidc";
import { env } from "@/lib/env";

/** The configured identity providers; each needs its id and its secret. */
export function socialProviders(): NonNullable<BetterAuthOptions["socialProviders"]> {
  const google = client(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET);
  const github = client(env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET);
  const microsoft = client(env.MICROSOFT_CLIENT_ID, env.MICROSOFT_CLIENT_SECRET);
  return {
    ...(google && { google }),
    ...(github && { github }),
    ...(microsoft && { microsoft: { ...microsoft, tenantId: env.MICROSOFT_TENANT_ID } }),
  };
}

/**
 * Providers whose e-mail addresses are trusted without a claim that they are verified: only one's own Microsoft tenant,
 * which does not send that claim. Not "common", where any tenant may assert any address.
 */
export function trustedProviders(): SocialProvider[] {
  return isOwnTenant(env.MICROSOFT_TENANT_ID) ? ["microsoft"] : [];
}

/** Drops a provider's tokens: Earshot only asks it who a person is. */
export async function forgetTokens<T extends object>(account: T) {
  return { data: { ...account, accessToken: null, refreshToken: null, idToken: null } };
}

function client(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret, disableIdTokenSignIn: true } : undefined;
}

function isOwnTenant(tenantId: string): boolean {
  return !["common", "organizations", "consumers"].includes(tenantId);
}

export function configuredProviders(): SignInProvider[] {
  const configured = socialProviders();
  // The keys of a literal object are exactly its type's keys.
  const social = (Object.keys(providerNames) as SocialProvider[]).filter((id) => configured[id]);
  return [
    ...(isOidcConfigured() ? [{ id: oidcProvider, name: env.OIDC_NAME } as const] : []),
    ...social.map((id) => ({ id, name: providerNames[id] })),
  ];
}

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** The origins of our own pages: the configured one, and on a laptop its other names. */
export function trustedOrigins(appUrl: string): string[] {
  const { hostname, protocol, port } = new URL(appUrl);
  if (!loopback.includes(hostname)) return [appUrl];
  return loopback.map((name) => `${protocol}//${name}${port ? `:${port}` : ""}`);
}
