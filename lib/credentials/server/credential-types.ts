import type { KeyObject } from "node:crypto";
import type { BlockList } from "node:net";
import type { HmacSettings } from "@/lib/credentials/credential";

/** The identity and limits of a credential, without its secret. */
export interface Credential {
  /** The row's UUID; `environment-1`, … for the secrets of VAPI_WEBHOOK_SECRET, in order. */
  id: string;
  name: string;
  /** Epoch ms from which it is no longer accepted; 0 once revoked, null if it does not expire. */
  retiresAt: number | null;
  /** The addresses it is accepted from; null: from anywhere. */
  ranges: BlockList | null;
}

/** Secrets sent in the same header and form, so the value is hashed once for all of them. */
export interface SecretSlot {
  /** In lower case. */
  header: string;
  /** Whether `Bearer` precedes the secret. */
  hasPrefix: boolean;
  secrets: { credential: Credential; hash: Buffer }[];
}

/** A credential that signs requests (HMAC). */
export interface Signer {
  credential: Credential;
  settings: HmacSettings;
  key: KeyObject;
  /** The payload format, split into literal text and the fields in braces. */
  payload: readonly PayloadPart[];
}

export type PayloadPart = { text: string } | { field: "timestamp" | "body" | "method" | "url" | "svix-id" };

/** A client of our token endpoint. */
export interface OAuthClient {
  credential: Credential;
  clientId: string;
  secretHash: Buffer;
}

/** Every credential, prepared for comparison. In each list, those still valid come first. */
export interface KnownCredentials {
  slots: readonly SecretSlot[];
  signers: readonly Signer[];
  clients: readonly OAuthClient[];
  /** HMAC credentials whose key was sealed under a different BETTER_AUTH_SECRET, with their signature header. */
  unreadable: readonly { credential: Credential; header: string }[];
  /** The addresses any delivery is accepted from; null: from anywhere. */
  ranges: BlockList | null;
}
