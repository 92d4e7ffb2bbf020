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
        about="In Vapi, set it as the Server URL of an assistant, a phone number or the whole organisation."
      >
        <WebhookUrl url={`${env.APP_URL}/api/webhook`}>
          A conversation has its own URL: the same, ending in the conversation’s UUID.
        </WebhookUrl>
      </Section>
      <Section
        title="2. Choose the credential"
        about={
          <>
            Create one under{" "}
            <Link href="/settings/credentials" className="underline">
              Webhook credentials
            </Link>
            , add it in Vapi under Settings → Integrations → Server Configuration, and select it next to the
            Server URL.
          </>
        }
      >
        <p className="text-muted">
          To see who speaks and what is said, have the assistant send speech-update, transcript, hang,
          status-update, tool-calls and end-of-call-report.
        </p>
      </Section>
      <Section title="3. Wait for an event">
        <SetupCheck initial={state} />
      </Section>
    </div>
  );
}
