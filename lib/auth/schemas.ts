import * as z from "zod";
import { toLocalPath } from "@/lib/http/urls";

/**
 * The better-auth endpoints that are reachable below /api/auth. It has some fifty, administration included; all others
 * are closed.
 */
const open: Readonly<Record<"GET" | "POST", RegExp>> = {
  GET: /^\/(get-session|magic-link\/verify|error|passkey\/generate-(register|authenticate)-options)$/,
  POST: /^\/(sign-in\/(email|social)|sign-out|request-password-reset|reset-password|change-password|two-factor\/(enable|disable|verify-totp|verify-backup-code|generate-backup-codes)|passkey\/(verify-registration|verify-authentication|update-passkey|delete-passkey))$/,
};

const callback = /^\/callback\/([a-z]+)$/;

/** Whether better-auth may answer a request to /api/auth/…. */
export function isOpenAuthPath(
  method: "GET" | "POST",
  pathname: string,
  providers: readonly string[],
): boolean {
  const path = pathname.replace(/^\/api\/auth/, "");
  if (open[method].test(path)) return true;
  // An invented provider would cost a row and a log line per name.
  const provider = method === "GET" ? callback.exec(path)?.[1] : undefined;
  return provider !== undefined && providers.includes(provider);
}

/** Length instead of rules about characters (NIST SP 800-63B). */
export const passwordLength = { min: 12, max: 128 } as const;

const passwordSchema = z
  .string()
  .min(passwordLength.min, `Use at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `Use at most ${passwordLength.max} characters.`);

const personNameSchema = z.string().trim().min(1, "Enter your name.").max(100);

export const emailSchema = z.string().trim().toLowerCase().pipe(z.email("Not a valid e-mail address."));

/** Body that /welcome sends. */
export const founderSchema = z.object({
  token: z.string().min(1),
  name: personNameSchema,
  email: emailSchema,
  password: passwordSchema,
});

/** Body that an invitation's page sends; the address is the invited one. */
export const acceptanceSchema = founderSchema.omit({ email: true });

/** Header in which proxy.ts gives pages the requested path and query, which they cannot read themselves. */
export const requestedPathHeader = "x-earshot-path";

/** The sign-in page, which leads back to the wanted page afterwards. */
export function signInPath(wanted: string | null): "/sign-in" | `/sign-in?next=${string}` {
  const next = toLocalPath(wanted);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/**
 * Prefix of our cookies' names. Browsers share cookies between the ports of a host, so two Earshots on one machine
 * would sign each other's users out: a port in APP_URL is part of the name.
 */
export function cookiePrefix(appUrl: string): string {
  const { port } = new URL(appUrl);
  return port === "" ? "earshot" : `earshot-${port}`;
}

/** The identity providers that better-auth supports, with their display names. */
export const providerNames = { google: "Google", github: "GitHub", microsoft: "Microsoft" } as const;

export type SocialProvider = keyof typeof providerNames;

/** An identity provider that people can sign in with here. */
export type SignInProvider = { id: SocialProvider | "oidc"; name: string };

/** Messages for a failed sign-in by an identity provider or a one-time link. */
const errorMessages: Readonly<Record<string, string>> = {
  not_invited: "This address has no invitation. Ask an admin for one.",
  email_not_verified: "The provider has not verified this address. Verify it there, or use a password.",
  account_not_linked: "The provider has not verified this address. Sign in with your password.",
  BANNED_USER: "Your access was blocked. Ask an admin.",
  banned: "Your access was blocked. Ask an admin.",
  INVALID_TOKEN: "This link was already used or has expired. Request a new one.",
  access_denied: "Sign-in was cancelled.",
  no_role: "Your account at the provider has no role here. Ask an admin of Earshot or of the provider.",
  provider_unreachable: "The identity provider is not responding. Try again, or sign in another way.",
  oauth_provider_not_found: "The identity provider is not responding. Try again, or sign in another way.",
  email_not_found: "The provider did not send an e-mail address. Ask an admin of the provider.",
  unable_to_get_user_info: "The provider's answer could not be verified. Try again, or sign in another way.",
  nonce_binding_missing: "The provider's answer could not be verified. Try again, or sign in another way.",
  issuer_mismatch: "The provider's answer could not be verified. Try again, or sign in another way.",
  invalid_code: "The provider did not accept our request. Try again, or ask an admin.",
  state_mismatch: "Sign-in took too long, or was started in another browser. Try again.",
  state_not_found: "Sign-in took too long, or was started in another browser. Try again.",
  please_restart_the_process: "Sign-in took too long, or was started in another browser. Try again.",
};

/** The message for the `error` code that better-auth puts into the sign-in page's query. */
export function signInProblem(code: string): string {
  return errorMessages[code] ?? "Sign-in failed. Try again.";
}
