import { toVapiBlock } from "@/lib/conversations/conversation";

/** The kinds of resource in Vapi that can have a Server URL. */
export const resourceKinds = ["assistant", "squad", "phone-number", "tool"] as const;

export type ResourceKind = (typeof resourceKinds)[number];

/** The state of one of Vapi's credentials in Earshot. */
export type CredentialState = "valid" | "retired";

/** What one resource must be set to, and what the checks need to know about Earshot. */
export interface Needs {
  /** Earshot's origin. */
  appUrl: string;
  /** The conversation in the Server URL to set. */
  conversationId: string;
  /** The credential to set, by its id in Vapi. */
  credentialId: string;
  /** The header that carries that credential. */
  credentialHeader: string;
  /** Vapi's credentials that Earshot knows, by their id in Vapi. */
  credentials: ReadonlyMap<string, CredentialState>;
  /** Whether a delivery with this plain secret would be accepted. */
  isKnownSecret: (secret: string) => boolean;
  /** Whether Earshot handles hanging up and forwarding (PHONE_CONTROL_URL). */
  handlesPhoneControl: boolean;
  /** Whether Earshot answers a tool of this name. */
  answersTool: (name: string) => boolean;
}

/** Placeholder for a credential that is created when the changes are applied. */
export const newCredentialId = "new credential";

/** Vapi's default for an assistant that does not list its messages. */
export const defaultMessages: readonly string[] = [
  "conversation-update",
  "end-of-call-report",
  "function-call",
  "hang",
  "speech-update",
  "status-update",
  "tool-calls",
  "transfer-destination-request",
  "handoff-destination-request",
  "user-interrupted",
  "assistant.started",
];

const block = toVapiBlock("");

/** Needed only by installations that use them, so an assistant may omit them. */
const optional: readonly string[] = ["function-call", "transfer-destination-request"];

/** The messages that the board, transcript and reports are built from. */
export const neededMessages: readonly string[] = block.serverMessages.filter(
  (type) => !optional.includes(type),
);

export const { backoffPlan: neededBackoff, timeoutSeconds: neededTimeoutSeconds } = block.server;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where a Server URL points: to our webhook, to another path on our host, or to another server. */
export function placeOf(url: string, appUrl: string): "webhook" | "other-path" | "elsewhere" {
  if (!URL.canParse(url) || new URL(url).origin !== appUrl) return "elsewhere";
  const [, api, webhook, conversation, ...more] = new URL(url).pathname.replace(/\/$/, "").split("/");
  const isWebhook = api === "api" && webhook === "webhook" && more.length === 0;
  return isWebhook && (conversation === undefined || uuid.test(conversation)) ? "webhook" : "other-path";
}

export function webhookUrl({ appUrl, conversationId }: Needs): string {
  return `${appUrl}/api/webhook/${conversationId}`;
}
