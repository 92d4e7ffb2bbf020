import type { Metadata } from "next";
import { AcceptForm } from "@/components/auth/accept-form";
import { AuthCard } from "@/components/auth/auth-card";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { db } from "@/db/client";
import { findInvitation } from "@/db/queries/auth/invitations";
import { configuredProviders } from "@/lib/auth/server/providers";
import { hashSecret } from "@/lib/auth/server/secrets";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitePage({ params }: PageProps<"/invite/[token]">) {
  const { token } = await params;
  const invitation = await findInvitation(db, hashSecret(token));
  if (!invitation) {
    return (
      <AuthCard title="This invitation is no longer valid">
        <p className="text-muted">It was used, withdrawn or has expired. Ask for a new one.</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="You're invited">
      <p className="text-muted">
        {invitation.invitedBy} invited you to join as {invitation.role}.
      </p>
      <ProviderButtons providers={configuredProviders()} next="/" />
      <AcceptForm token={token} email={invitation.email} />
    </AuthCard>
  );
}
