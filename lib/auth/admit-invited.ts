import "server-only";
import type { GenericEndpointContext } from "better-auth";
import { APIError } from "better-auth/api";
import type { Database } from "@/db/client";
import { claimInvitation } from "@/db/queries/auth/claim-invitation";
import { recordAudit } from "@/db/queries/auth/record-audit";
import { clientAddress } from "@/lib/auth/client-address";
import { trustedProviders } from "@/lib/auth/social-providers";

type Newcomer = { email: string; emailVerified: boolean };

/**
 * Lets in somebody new who comes from an identity provider: only with an open invitation for the very address the
 * provider has verified. The invitation is used up and its role given.
 * @throws APIError 403 `not_invited` or `email_not_verified`, which the sign-in page puts in words
 */
export async function admitInvited(db: Database, newcomer: Newcomer, context: GenericEndpointContext | null) {
  const provider = context?.params?.id;
  if (!newcomer.emailVerified && !trustedProviders().some((trusted) => trusted === provider)) {
    throw new APIError("FORBIDDEN", { code: "email_not_verified", message: "The address is not verified." });
  }
  const invitation = await claimInvitation(db, { email: newcomer.email });
  if (!invitation) {
    throw new APIError("FORBIDDEN", { code: "not_invited", message: "Nobody invited this address." });
  }
  await recordAudit(db, {
    actor: { kind: "system", name: provider ?? "identity provider" },
    action: "invitation.accepted",
    target: invitation.email,
    detail: { role: invitation.role },
    ip: context?.headers ? clientAddress(context.headers) : null,
  });
  return { data: { ...newcomer, emailVerified: true, role: invitation.role } };
}
