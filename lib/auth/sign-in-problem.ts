/** Why an identity provider or a one-time link did not let somebody in, in words. */
const words: Readonly<Record<string, string>> = {
  not_invited: "Nobody has invited this address. Ask an admin of this Earshot for an invitation.",
  email_not_verified: "The provider does not vouch for this address. Verify it there, or use a password.",
  account_not_linked: "The provider does not vouch for this address. Sign in with your password.",
  BANNED_USER: "Your access was blocked. Ask an admin of this Earshot.",
  banned: "Your access was blocked. Ask an admin of this Earshot.",
  INVALID_TOKEN: "This link was used already or has expired. Ask for a new one.",
  access_denied: "Signing in was cancelled.",
};

/** A sentence for the `error` that better-auth puts into the sign-in page's query; null without one. */
export function signInProblem(code: string | undefined): string | null {
  return code === undefined ? null : (words[code] ?? "Signing in did not work. Try again.");
}
