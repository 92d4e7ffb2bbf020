import { toVapiBlock } from "@/lib/conversations/conversation";

/** The kinds of thing in Vapi that can have a Server URL. */
export const resourceKinds = ["assistant", "squad", "phone-number", "tool"] as const;

export type ResourceKind = (typeof resourceKinds)[number];

/** What a credential of Vapi's is here. */
export type CredentialState = "valid" | "retired";

/** What Earshot needs of one resource, and what it knows besides. */
export interface Needs {
  /** Our origin. */
  appUrl: string;
  /** The conversation that a Server URL set by us leads to. */
  conversationId: string;
  /** The credential to set, by its id in Vapi. */
  credentialId: string;
  /** The header that credential is sent in. */
  credentialHeader: string;
  /** Credentials of Vapi's that are known here, by their id in Vapi. */
  credentials: ReadonlyMap<string, CredentialState>;
  /** Whether a secret that Vapi sends as it is would let a delivery in. */
  isKnownSecret: (secret: string) => boolean;
  /** Whether hanging up and forwarding are taken care of (PHONE_CONTROL_URL). */
  handlesPhoneControl: boolean;
  /** Whether Earshot answers a tool of this name. */
  answersTool: (name: string) => boolean;
}

/** Stands for a credential that is only made when the changes are applied. */
export const newCredentialId = "new credential";

/** Vapi's own, where an assistant does not say which messages it sends. */
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

/** Asked for only where somebody uses them: an assistant may do without. */
const optional: readonly string[] = ["function-call", "transfer-destination-request"];

/** What the board, the transcript and the reports are made of. */
export const neededMessages: readonly string[] = block.serverMessages.filter(
  (type) => !optional.includes(type),
);

export const { backoffPlan: neededBackoff, timeoutSeconds: neededTimeoutSeconds } = block.server;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where a Server URL leads: to our webhook, elsewhere on our host, or to another server. */
export function placeOf(url: string, appUrl: string): "webhook" | "other-path" | "elsewhere" {
  if (!URL.canParse(url) || new URL(url).origin !== appUrl) return "elsewhere";
  const [, api, webhook, conversation, ...more] = new URL(url).pathname.replace(/\/$/, "").split("/");
  const isWebhook = api === "api" && webhook === "webhook" && more.length === 0;
  return isWebhook && (conversation === undefined || uuid.test(conversation)) ? "webhook" : "other-path";
}

export function webhookUrl({ appUrl, conversationId }: Needs): string {
  return `${appUrl}/api/webhook/${conversationId}`;
}
