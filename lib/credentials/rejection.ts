import { type BodyFailure, bodyFailures } from "@/lib/http/body-failure";

/** Why a request was rejected. `explainRejection` puts each reason into words. */
export type RejectionReason =
  | "none-configured"
  | "nothing-sent"
  | "wrong-secret"
  | "misplaced-secret"
  | "retired-credential"
  | "wrong-signature"
  | "odd-signature"
  | "other-payload"
  | "no-timestamp"
  | "old-timestamp"
  | "unreadable-key"
  | "wrong-token"
  | "expired-token"
  | "wrong-client"
  | "wrong-address"
  | BodyFailure;

/** Whether a request was rejected because its body, which the signature covers, could not be read. */
export function isBodyFailure(reason: RejectionReason): reason is BodyFailure {
  return bodyFailures.some((failure) => failure === reason);
}

/** What is recorded of a rejected request: no header values, and nothing of the body. */
export interface Rejection {
  reason: RejectionReason;
  /** The header that was checked, in lower case. */
  header?: string | undefined;
  /** The credential that nearly matched. */
  credentialId?: string | undefined;
  /** The settings that would have matched: a payload format, a reading of the key. */
  found?: string | undefined;
}

interface Explanation {
  /** What arrived. */
  what: string;
  /** What to change, in Vapi or here. */
  change: string;
}

interface Particulars {
  header: string;
  credential: string;
  found: string;
}

type Explain = (particulars: Particulars) => Explanation;

const explanations: Readonly<Record<RejectionReason, Explain>> = {
  "none-configured": () => ({
    what: "A request arrived, but no credential here applies to it.",
    change: "Create a credential and set it in Vapi. Until then every event is rejected.",
  }),
  "nothing-sent": () => ({
    what: "A request arrived without a credential.",
    change:
      "In Vapi, choose the credential where the Server URL is set (assistant, phone number or organisation).",
  }),
  "wrong-secret": ({ header }) => ({
    what: `An unknown secret arrived in ${header}.`,
    change:
      "In Vapi, enter the secret again, without spaces or line breaks. If it is lost, rotate the credential.",
  }),
  "misplaced-secret": ({ header, credential }) => ({
    what: `The secret of ${credential} arrived in ${header}, not in the header it is set up for.`,
    change: `In Vapi, use the header name and Bearer prefix of ${credential}, or create a credential here that matches Vapi's.`,
  }),
  "retired-credential": ({ credential }) => ({
    what: `A request used ${credential}, which was revoked or has expired.`,
    change: "In Vapi, enter the secret that replaced it.",
  }),
  "wrong-signature": ({ header, credential }) => ({
    what: `The signature in ${header} does not match the content.`,
    change: `In Vapi, compare secret key, algorithm and payload format with ${credential}. Proxies that rewrite bodies also break signatures.`,
  }),
  "odd-signature": ({ header, credential }) => ({
    what: `The value in ${header} is not in the signature format of ${credential}.`,
    change: "In Vapi, compare algorithm, encoding and prefix.",
  }),
  "other-payload": ({ credential, found }) => ({
    what: `A valid signature arrived, but with other settings than ${credential} expects: ${found}.`,
    change: `Create a credential here with these settings, or change Vapi to match ${credential}.`,
  }),
  "no-timestamp": ({ header, credential }) => ({
    what: `A signature arrived without a timestamp in ${header}.`,
    change: `In Vapi, include the timestamp and compare its header's name with ${credential}; or use the payload format {body}.`,
  }),
  "old-timestamp": ({ credential }) => ({
    what: "The timestamp of a signature is too far from our clock: a replayed request, or a wrong clock.",
    change: `Check this server's clock. If it is right, an old request is being replayed. The tolerance is set in ${credential}.`,
  }),
  "unreadable-key": ({ credential }) => ({
    what: `A signature arrived for ${credential}, whose key can no longer be read.`,
    change: `BETTER_AUTH_SECRET was changed. Rotate ${credential} and enter the new secret in Vapi.`,
  }),
  "wrong-token": () => ({
    what: "An unknown token arrived, or one whose credential was deleted.",
    change: "In Vapi, set the OAuth 2 URL to our token endpoint, and enter the client ID and secret again.",
  }),
  "expired-token": ({ credential }) => ({
    what: `An expired token of ${credential} arrived.`,
    change:
      "No change is needed if it happens once: Vapi requests a new one. Otherwise check this server's clock.",
  }),
  "wrong-client": () => ({
    what: "A token was requested with an unknown client ID or secret.",
    change:
      "In Vapi, enter the client ID and client secret again. If the secret is lost, rotate the credential.",
  }),
  "wrong-address": ({ credential }) => ({
    what: `${credential} arrived from a network that is not allowed.`,
    change:
      "Allow the network, or have Vapi send from its static addresses. Behind a proxy, TRUSTED_PROXIES must name it.",
  }),
  "too-large": () => ({
    what: "A request was larger than 5 MB.",
    change: "In Vapi, send fewer kinds of messages to this URL, or shorten what tools return.",
  }),
  "too-slow": () => ({
    what: "A request did not arrive completely within 20 s.",
    change: "Check the network and any proxy between Vapi and Earshot.",
  }),
  incomplete: () => ({
    what: "A request ended before it was complete.",
    change: "Check the network and any proxy between Vapi and Earshot.",
  }),
};

/**
 * Explains a rejection to the person who sets up Vapi.
 * @param credential the name of the credential that nearly matched, if known
 */
export function explainRejection(
  { reason, header, found }: Pick<Rejection, "reason"> & { header: string | null; found: string | null },
  credential: string | null,
): Explanation {
  return explanations[reason]({
    header: header ?? "a header",
    credential: credential ? `“${credential}”` : "the credential",
    found: found ?? "unknown",
  });
}

/** Headers that every delivery has or that proxies add. */
const usual = new Set(
  `accept accept-encoding accept-language baggage cdn-loop connection content-length content-type cookie forwarded host
  sentry-trace traceparent tracestate user-agent via`.split(/\s+/),
);
const usualBeginnings = [
  "cf-",
  ...["forwarded", "real", "request", "vercel", "railway", "amzn", "cloud"].map((by) => `x-${by}-`),
];

/** Returns the header names that may have carried a credential. */
export function notableHeaders(names: readonly string[]): string[] {
  return names.filter((name) => {
    const bare = name.replace(/ \(empty\)$/, "");
    return !usual.has(bare) && !usualBeginnings.some((beginning) => bare.startsWith(beginning));
  });
}
