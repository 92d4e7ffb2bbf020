import type { Metadata } from "next";
import { AddressForm } from "@/components/credentials/address-form";
import { CredentialForm } from "@/components/credentials/credential-form";
import { CredentialRow } from "@/components/credentials/credential-row";
import { RejectionList } from "@/components/credentials/rejection-list";
import { Rows, Section } from "@/components/settings/section";
import { Link } from "@/components/ui/link";
import { db } from "@/db/client";
import { listRejections } from "@/db/queries/rejections";
import { readSetting } from "@/db/queries/settings";
import { requireUser } from "@/lib/auth/server/session";
import { webhookAddressesSetting } from "@/lib/credentials/server/known";
import { explainRejections, listCredentials } from "@/lib/credentials/server/manage";
import { tokenUrl } from "@/lib/credentials/server/tokens";

export const metadata: Metadata = { title: "Webhook credentials" };

const maxRejections = 100;

export default async function CredentialsPage() {
  await requireUser("credentials.manage");
  const [credentials, ranges, rejections] = await Promise.all([
    listCredentials(db),
    readSetting(db, webhookAddressesSetting),
    listRejections(db, maxRejections),
  ]);
  const names = new Map(credentials.map(({ id, name }) => [id, name]));
  return (
    <div className="grid gap-10">
      <Section
        title="Create webhook credential"
        about={
          <>
            Vapi authenticates with one of these when it sends events. Several can be valid at once.{" "}
            <Link href="/settings/setup" className="underline">
              Check your setup
            </Link>{" "}
            to see which one it uses.
          </>
        }
      >
        <CredentialForm tokenUrl={tokenUrl()} />
      </Section>
      <Section title="Webhook credentials">
        <Rows
          label="Webhook credentials"
          empty="No credentials yet. Every event is rejected until you create one or set VAPI_WEBHOOK_SECRET."
        >
          {credentials.map((credential) => (
            <CredentialRow key={credential.id} credential={credential} tokenUrl={tokenUrl()} />
          ))}
        </Rows>
      </Section>
      <Section
        title="Allowed addresses"
        about="Events are only accepted from these networks, whatever their credential."
      >
        <AddressForm ranges={ranges} />
      </Section>
      <Section
        title="Rejected requests"
        about="Only header names and networks are stored, never values or bodies."
      >
        {rejections.length > 0 ? (
          <RejectionList rejections={explainRejections(rejections, names)} />
        ) : (
          <p className="text-muted">No rejected requests.</p>
        )}
      </Section>
    </div>
  );
}
