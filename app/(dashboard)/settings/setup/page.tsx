import type { Metadata } from "next";
import { SetupCheck } from "@/components/credentials/setup-check";
import { WebhookUrl } from "@/components/credentials/webhook-url";
import { Section } from "@/components/settings/section";
import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import { Link } from "@/components/ui/link";
import { db } from "@/db/client";
import { requireUser } from "@/lib/auth/server/session";
import { toVapiBlock } from "@/lib/conversations/conversation";
import { getSetupState } from "@/lib/credentials/server/manage";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Setup check" };

const webhookUrl = `${env.APP_URL}/api/webhook`;

export default async function SetupPage() {
  await requireUser("credentials.manage");
  const state = await getSetupState(db);
  const block = toVapiBlock(webhookUrl);
  return (
    <div className="grid gap-10">
      <Section
        title="1. Paste the URL"
        about="In Vapi, set it as the Server URL of an assistant, a phone number or the whole organisation."
      >
        <WebhookUrl url={webhookUrl}>
          A conversation has its own URL: the same, ending in the conversation’s UUID.
        </WebhookUrl>
        <div className="grid gap-1">
          <div className="flex items-end justify-between gap-2">
            <p className="text-muted">Or update the assistant through Vapi’s API with this JSON.</p>
            <CopyButton text={JSON.stringify(block, null, 2)} what="the server block" />
          </div>
          <Json label="Server block" value={block} />
        </div>
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
