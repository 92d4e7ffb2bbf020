import "server-only";
import { providerNames, type SocialProvider } from "@/lib/auth/provider-names";
import { socialProviders } from "@/lib/auth/social-providers";

/** The identity providers people can sign in with here. */
export function configuredProviders(): SocialProvider[] {
  const configured = socialProviders();
  // The keys of a literal object are exactly its type's keys.
  return (Object.keys(providerNames) as SocialProvider[]).filter((provider) => configured[provider]);
}
