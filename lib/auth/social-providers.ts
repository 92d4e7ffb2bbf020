import "server-only";
import type { BetterAuthOptions } from "better-auth";
import type { SocialProvider } from "@/lib/auth/provider-names";
import { env } from "@/lib/env";

/** The identity providers that are configured; each needs its id and its secret. */
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
 * Whose word on an e-mail address is taken without a claim that it was verified: one's own Microsoft tenant, which
 * does not send that claim. Not "common", where anybody's tenant may assert any address.
 */
export function trustedProviders(): SocialProvider[] {
  return isOwnTenant(env.MICROSOFT_TENANT_ID) ? ["microsoft"] : [];
}

function client(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret, disableIdTokenSignIn: true } : undefined;
}

function isOwnTenant(tenantId: string): boolean {
  return !["common", "organizations", "consumers"].includes(tenantId);
}
