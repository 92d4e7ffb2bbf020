import type { KeyObject } from "node:crypto";
import type { BlockList } from "node:net";
import type { HmacSettings } from "@/lib/credentials/credential";

/** A credential, as whoever it lets in is called. */
export interface Credential {
  /** Its row's UUID; `environment-1`, … for the secrets of VAPI_WEBHOOK_SECRET, in their order. */
  id: string;
  name: string;
  /** Epoch ms from which on it lets nobody in; 0 once revoked, null until further notice. */
  retiresAt: number | null;
  /** Where it is taken from; null: from anywhere. */
  ranges: BlockList | null;
}

/** Secrets that are sent in the same place: the value is hashed once for all of them. */
export interface SecretSlot {
  /** In lower case. */
  header: string;
  /** Whether the word Bearer stands before the secret. */
  hasPrefix: boolean;
  secrets: { credential: Credential; hash: Buffer }[];
}

/** A credential that signs what is sent. */
export interface Signer {
  credential: Credential;
  settings: HmacSettings;
  key: KeyObject;
  /** The payload format, cut into literal text and the names in braces. */
  payload: readonly PayloadPart[];
}

export type PayloadPart = { text: string } | { field: "timestamp" | "body" | "method" | "url" | "svix-id" };

/** Somebody our token endpoint gives tokens to. */
export interface OAuthClient {
  credential: Credential;
  clientId: string;
  secretHash: Buffer;
}

/** Everything a delivery can prove itself with, ready to be compared. Those still valid come first in each list. */
export interface KnownCredentials {
  slots: readonly SecretSlot[];
  signers: readonly Signer[];
  clients: readonly OAuthClient[];
  /** HMAC credentials whose key was sealed under another BETTER_AUTH_SECRET, with the header they sign in. */
  unreadable: readonly { credential: Credential; header: string }[];
  /** Where any delivery is taken from; null: from anywhere. */
  ranges: BlockList | null;
}
