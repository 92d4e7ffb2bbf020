import type { Credential } from "@/lib/webhook/credentials/known";

/** Whether a credential was revoked, or has expired, at a moment (epoch ms). */
export function isRetired({ retiresAt }: Credential, nowMs: number): boolean {
  return retiresAt !== null && retiresAt <= nowMs;
}
