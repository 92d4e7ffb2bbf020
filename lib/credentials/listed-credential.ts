import type { CredentialSettings } from "@/lib/credentials/credential-settings";

/** `expiring`: rotated, and valid for a while yet. */
export type CredentialState = "valid" | "expiring" | "expired" | "revoked";

/** A webhook credential as the settings show it. Times are ISO strings. */
export interface ListedCredential {
  id: string;
  name: string;
  /** Null for a secret of VAPI_WEBHOOK_SECRET, which is changed where the environment is. */
  settings: CredentialSettings | null;
  /** The secret's last characters. */
  hint: string | null;
  addressRanges: string[];
  createdBy: string | null;
  createdAt: string | null;
  expiresAt: string | null;
  lastUsedAt: string | null;
  state: CredentialState;
}
