import type { Metadata } from "next";
import Link from "next/link";
import { SetupCheck } from "@/components/credentials/setup-check";
import { WebhookUrl } from "@/components/credentials/webhook-url";
import { Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { getSetupState } from "@/lib/credentials/server/manage";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Setup check" };

export default async function SetupPage() {
  await requireUser("credentials.manage");
  const state = await getSetupState(db);
  return (
    <div className="grid gap-10">
      <Section
        title="1. Paste the URL"
        about="In Vapi, as the Server URL of an assistant, of a phone number, or of the whole organisation."
      >
        <WebhookUrl url={`${env.APP_URL}/api/webhook`}>
          Calls that share a context have a URL of their own: the same, with the conversation’s UUID at its
          end.
        </WebhookUrl>
      </Section>
      <Section
        title="2. Choose the credential"
        about={
          <>
            Make one under{" "}
            <Link href="/settings/credentials" className="underline">
              Webhook credentials
            </Link>
            , add it in Vapi under Settings → Integrations → Server Configuration, and choose it beside the
            Server URL.
          </>
        }
      >
        <p className="text-muted">
          For who is speaking and what is said, let the assistant send speech-update, transcript, hang,
          status-update, tool-calls and end-of-call-report.
        </p>
      </Section>
      <Section title="3. See it arrive">
        <SetupCheck initial={state} />
      </Section>
    </div>
  );
}
